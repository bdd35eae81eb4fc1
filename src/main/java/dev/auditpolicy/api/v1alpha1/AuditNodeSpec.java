package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What one control-plane node is to run. No host path but the log's, no free-form flags. */
public record AuditNodeSpec(
        @Required @Size(min = 1, max = 64) @JsonPropertyDescription("Hash of policy and settings.")
        String revision,

        @Required @JsonPropertyDescription("The AuditPolicy's metadata.generation that this came from.")
        Long policyGeneration,

        @Required
        @Size(min = 1, max = AuditNodeSpec.LONGEST_POLICY)
        @JsonPropertyDescription("The exact content of the audit policy file.")
        String policy,

        @Required @JsonPropertyDescription("Settings of the log backend.")
        LogBackend log,

        @Required @Min(0) @Max(600) @JsonPropertyDescription("As in the AuditPolicy's rollout.")
        Integer drainSeconds,

        @Required @Min(30) @Max(3600) @JsonPropertyDescription("As in the AuditPolicy's rollout.")
        Integer verifyTimeoutSeconds) {

    /** Characters of a policy file: what etcd stores in one object, 1.5 MiB, less room for the rest. */
    public static final int LONGEST_POLICY = 1_000_000;
}
