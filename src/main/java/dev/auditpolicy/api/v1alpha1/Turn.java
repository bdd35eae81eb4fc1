package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Permission for one node to restart its kube-apiserver once. A cluster has at most one turn at a time. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "issuedAt")
public record Turn(
        @Required @JsonPropertyDescription("id identifies the turn. It is never reused.")
        String id,

        @Required @JsonPropertyDescription("node is the control-plane node that the turn is for.")
        String node,

        @Required @JsonPropertyDescription("revision is the revision to bring into effect.")
        String revision,

        @Required @JsonPropertyDescription("attempt counts the turns of this node for this revision, starting at 1.")
        Integer attempt,

        @Required @JsonPropertyDescription("issuedAt is the time at which the turn was given.") @DateTime
        Instant issuedAt) {

    public Turn {
        issuedAt = issuedAt.truncatedTo(ChronoUnit.SECONDS);
    }
}
