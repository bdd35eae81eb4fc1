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

        @Size(max = 8)
        @JsonPropertyDescription("temporaryRules says which of spec.temporaryRules apply, and which have ended.")
        List<TemporaryRulesStatus> temporaryRules,

        @JsonPropertyDescription(
                "plan is what the rollout of revision will change, as it was known before the first turn. Absent if revision is"
                        + " committedRevision.")
        @Nullable
        RolloutPlan plan,

        @Size(max = 16)
        @JsonPropertyDescription(
                "conditions contains Ready, Reconciling, Stalled, Accepted and Effective and, with a webhook, SinkHealthy.")
        List<Condition> conditions) {

    public AuditPolicyStatus {
        temporaryRules = Lists.orEmpty(temporaryRules);
        conditions = Lists.orEmpty(conditions);
    }

    /** A status without temporary rules and a plan. */
    public AuditPolicyStatus(
            @Nullable Long observedGeneration,
            @Nullable String revision,
            @Nullable String committedRevision,
            @Nullable Turn turn,
            @Nullable NodeCounts nodes,
            List<Condition> conditions) {
        this(observedGeneration, revision, committedRevision, turn, nodes, List.of(), null, conditions);
    }

    /** This status with other conditions. */
    public AuditPolicyStatus with(List<Condition> others) {
        return new AuditPolicyStatus(
                observedGeneration, revision, committedRevision, turn, nodes, temporaryRules, plan, others);
    }
}
