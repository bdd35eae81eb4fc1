package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The progress of the rollout of an {@link AuditPolicy}. Only the controller writes it. */
@SchemaCustomizer(ConditionsAsMap.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AuditPolicyStatus(
        @JsonPropertyDescription(
                "observedGeneration is the metadata.generation that this status describes. It is -1 until the"
                        + " controller has written a status.")
        @Nullable
        Long observedGeneration,

        @JsonPropertyDescription(
                "revision is a hash of the desired audit policy and log settings. Policies that differ only"
                        + " in formatting have the same revision.")
        @Nullable
        String revision,

        @JsonPropertyDescription("committedRevision is the last revision that was proven on every control-plane node.")
        @Nullable
        String committedRevision,

        @JsonPropertyDescription(
                "turn permits one node to restart its kube-apiserver. Absent if no node may restart it now.")
        @Nullable
        Turn turn,

        @JsonPropertyDescription("nodes counts the control-plane nodes by their progress.") @Nullable
        NodeCounts nodes,

        @Size(max = 16)
        @JsonPropertyDescription(
                "conditions contains Ready, Reconciling, Stalled, Accepted and Effective and, with a webhook, SinkHealthy.")
        List<Condition> conditions) {

    public AuditPolicyStatus {
        conditions = Lists.orEmpty(conditions);
    }
}
