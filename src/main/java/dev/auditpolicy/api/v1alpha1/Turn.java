package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Permission for one node to restart its kube-apiserver once. A cluster has at most one turn at a time. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "issuedAt")
@JsonIgnoreProperties(ignoreUnknown = true)
public record Turn(
        @Required @Size(min = 1, max = 64) @JsonPropertyDescription("id identifies the turn. It is never reused.")
        String id,

        @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("node is the control-plane node that the turn is for.")
        String node,

        @Required @Size(min = 1, max = 64) @JsonPropertyDescription("revision is the revision to bring into effect.")
        String revision,

        @Required
        @Min(1)
        @JsonPropertyDescription("attempt counts the turns of this node for this revision, starting at 1.")
        Integer attempt,

        @Required @JsonPropertyDescription("issuedAt is the time at which the turn was given.") @DateTime
        Instant issuedAt) {

    public Turn {
        issuedAt = issuedAt.truncatedTo(ChronoUnit.SECONDS);
    }
}
