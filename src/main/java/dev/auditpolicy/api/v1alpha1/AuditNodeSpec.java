package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The desired audit configuration of one control-plane node. It has no host path but log.path, and no free-form flags. */
public record AuditNodeSpec(
        @Required
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("revision is a hash of the audit policy and the log settings.")
        String revision,

        @Required
        @JsonPropertyDescription(
                "policyGeneration is the metadata.generation of the AuditPolicy that this spec was compiled" + " from.")
        Long policyGeneration,

        @Required
        @Size(min = 1, max = AuditNodeSpec.MAX_POLICY_LENGTH)
        @JsonPropertyDescription("policy is the exact content of the audit policy file.")
        String policy,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonPropertyDescription("log configures kube-apiserver's log backend. Absent if it has none.")
        @Nullable
        LogBackend log,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonPropertyDescription("webhook configures kube-apiserver's webhook backend. Absent if it has none.")
        @Nullable
        NodeWebhook webhook,

        @Required
        @Min(0)
        @Max(600)
        @JsonPropertyDescription("drainSeconds is a copy of spec.rollout.drainSeconds of the AuditPolicy.")
        Integer drainSeconds,

        @Required
        @Min(30)
        @Max(3600)
        @JsonPropertyDescription(
                "verifyTimeoutSeconds is a copy of spec.rollout.verifyTimeoutSeconds of the AuditPolicy.")
        Integer verifyTimeoutSeconds,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonPropertyDescription("takeover is a copy of spec.takeover of the AuditPolicy. Absent means Refuse.")
        @Nullable
        Takeover takeover,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
                "restore is set while the AuditPolicy is being deleted with deletionPolicy Restore: the node is to get back what"
                        + " it had before the first change. It identifies this request, and turn and status have it in the"
                        + " place of the revision. An agent that does not know it keeps the node as it is.")
        @Nullable
        String restore) {

    /**
     * The maximum number of characters of a policy file: what the agent is tested to carry with the heap of its DaemonSet. etcd
     * would store six times as much.
     */
    public static final int MAX_POLICY_LENGTH = 256 * 1024;

    /** A spec that refuses a node with another audit configuration. */
    public AuditNodeSpec(
            String revision,
            Long policyGeneration,
            String policy,
            LogBackend log,
            Integer drainSeconds,
            Integer verifyTimeoutSeconds) {
        this(revision, policyGeneration, policy, log, null, drainSeconds, verifyTimeoutSeconds, null, null);
    }

    /** A spec with a log alone. */
    public AuditNodeSpec(
            String revision,
            Long policyGeneration,
            String policy,
            LogBackend log,
            Integer drainSeconds,
            Integer verifyTimeoutSeconds,
            @Nullable Takeover takeover,
            @Nullable String restore) {
        this(revision, policyGeneration, policy, log, null, drainSeconds, verifyTimeoutSeconds, takeover, restore);
    }

    /** Whether the node is to get back what it had before the first change. */
    public boolean restores() {
        return restore != null;
    }

    /** What turn and status call the desired state: the revision, unless the node is to be given back. */
    public String target() {
        return restore == null ? revision : restore;
    }

    /**
     * What the request {@code id} to give the node back looks like: the revision stays, so that an agent of a release that does
     * not know such a request sees nothing new, and is never granted a turn.
     */
    public AuditNodeSpec restoring(String id, Long generation, int drain, int verifyTimeout) {
        return new AuditNodeSpec(revision, generation, policy, log, webhook, drain, verifyTimeout, takeover, id);
    }

    /** This request, to take out what {@code written} has brought to the node. */
    public AuditNodeSpec takingOut(AuditNodeSpec written) {
        return restore == null
                ? this
                : written.restoring(restore, policyGeneration, drainSeconds, verifyTimeoutSeconds);
    }

    /** Whether another audit configuration on the node is replaced. */
    public boolean takesOver() {
        return takeover == Takeover.REPLACE;
    }

    /** This spec with another {@code takeover}, which is not part of the revision. */
    public AuditNodeSpec with(@Nullable Takeover other) {
        return new AuditNodeSpec(
                revision, policyGeneration, policy, log, webhook, drainSeconds, verifyTimeoutSeconds, other, restore);
    }

    /** This spec with another text of the same policy. */
    public AuditNodeSpec withPolicy(String text) {
        return new AuditNodeSpec(
                revision, policyGeneration, text, log, webhook, drainSeconds, verifyTimeoutSeconds, takeover, restore);
    }
}
