package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A request that the agent sent to its node's kube-apiserver to see what the audit log makes of it. */
public record Canary(
        @Required @JsonPropertyDescription("Audit-ID of the request; grep for it in the log.")
        String auditID,

        @JsonPropertyDescription(
                "The level at which the log has it, which is what the policy says. None: the policy says"
                        + " that it is not recorded, and the log does not have it. Absent where log.format is legacy, which"
                        + " tells no levels.")
        Level level) {}
