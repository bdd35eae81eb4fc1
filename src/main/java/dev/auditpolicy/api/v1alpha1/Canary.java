package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A request that the agent sent to the kube-apiserver of its node to verify the audit log. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Canary(
        @Required
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("auditID is the Audit-ID of the request. Search the log for it to find the event.")
        String auditID,

        @JsonPropertyDescription(
                "level is the level at which the log contains the request, as the policy requires. None"
                        + " means that the policy excludes the request and the log does not contain it. Absent if"
                        + " log.format is legacy, which has no levels.")
        @Nullable
        Level level) {}
