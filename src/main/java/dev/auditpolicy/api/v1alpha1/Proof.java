package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What was seen of the live kube-apiserver process when it was proven to run a revision. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "startedAt")
@SchemaCustomizer(value = DateTimeFormat.class, input = "provenAt")
public record Proof(
        @Required @JsonPropertyDescription("The proven revision.")
        String revision,

        @Required @JsonPropertyDescription("Process id on the node.")
        Long pid,

        @Required @JsonPropertyDescription("When that process started.") @DateTime
        Instant startedAt,

        @Required @JsonPropertyDescription("SHA-256 of the policy file that the process has mounted.")
        String policySHA256,

        @Required @JsonPropertyDescription("When the proof was made.") @DateTime
        Instant provenAt,

        @JsonPropertyDescription(
                "The request by which it was proven that the log records what the policy says. Absent where the"
                        + " policy file is longer than 300000 characters, of which the agent cannot tell what it says.")
        Canary canary) {

    public Proof {
        startedAt = startedAt.truncatedTo(ChronoUnit.SECONDS);
        provenAt = provenAt.truncatedTo(ChronoUnit.SECONDS);
    }
}
