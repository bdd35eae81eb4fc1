package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

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

        @Required @JsonPropertyDescription("log configures kube-apiserver's log backend.")
        LogBackend log,

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
        Integer verifyTimeoutSeconds) {

    /**
     * The maximum number of characters of a policy file: what the agent is tested to carry with the heap of its DaemonSet. etcd
     * would store six times as much.
     */
    public static final int MAX_POLICY_LENGTH = 256 * 1024;
}
