package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Leave for one node to restart its kube-apiserver once. At most one turn exists in a cluster; an id is used once. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "issuedAt")
public record Turn(
        @Required @JsonPropertyDescription("Unique; never given twice.")
        String id,

        @Required @JsonPropertyDescription("The control-plane node that the turn is for.")
        String node,

        @Required @JsonPropertyDescription("The revision to bring into effect.")
        String revision,

        @Required @JsonPropertyDescription("Counts the turns of this node for this revision, from 1.")
        Integer attempt,

        @Required @JsonPropertyDescription("When the turn was given.") @DateTime
        Instant issuedAt) {

    public Turn {
        issuedAt = issuedAt.truncatedTo(ChronoUnit.SECONDS);
    }
}
