package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What the controller knows about the rollout of an {@link AuditPolicy}. Written by the controller alone. */
@SchemaCustomizer(ConditionsAsMap.class)
public record AuditPolicyStatus(
        @JsonPropertyDescription("The metadata.generation that this status is about.")
        Long observedGeneration,

        @JsonPropertyDescription("Hash of the wanted policy and settings. Equal revisions behave the same, whatever"
                + " their formatting.")
        String revision,

        @JsonPropertyDescription("The last revision proven on every control-plane node.")
        String committedRevision,

        @JsonPropertyDescription("The one node, if any, that may restart its kube-apiserver now.")
        Turn turn,

        @JsonPropertyDescription("How many control-plane nodes there are and how far they have come.")
        NodeCounts nodes,

        @Size(max = 16) @JsonPropertyDescription("Ready, Reconciling, Stalled, Accepted and Effective.")
        List<Condition> conditions) {

    public AuditPolicyStatus {
        conditions = Lists.orEmpty(conditions);
    }
}
