package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** What was seen of the live kube-apiserver process when it was proven to run a revision. */
public record Proof(
        @Required @JsonPropertyDescription("The proven revision.")
        String revision,

        @Required @JsonPropertyDescription("Process id on the node.")
        Long pid,

        @Required @JsonPropertyDescription("When that process started, RFC 3339.")
        String startedAt,

        @Required @JsonPropertyDescription("SHA-256 of the policy file that the process has mounted.")
        String policySHA256,

        @Required @JsonPropertyDescription("When the proof was made, RFC 3339.")
        String provenAt,

        @JsonPropertyDescription(
                "The request by which it was proven that the log records what the policy says. Absent where the"
                        + " policy file is longer than 300000 characters, of which the agent cannot tell what it says.")
        Canary canary) {}
