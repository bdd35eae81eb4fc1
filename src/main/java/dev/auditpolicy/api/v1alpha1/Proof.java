package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The evidence that a running kube-apiserver process runs a revision. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "startedAt")
@SchemaCustomizer(value = DateTimeFormat.class, input = "provenAt")
@JsonIgnoreProperties(ignoreUnknown = true)
public record Proof(
        @Required @Size(min = 1, max = 64) @JsonPropertyDescription("revision is the proven revision.")
        String revision,

        @Required @Min(1) @JsonPropertyDescription("pid is the process ID of kube-apiserver on the node.")
        Long pid,

        @Required @JsonPropertyDescription("startedAt is the time at which the process started.") @DateTime
        Instant startedAt,

        @Required
        @Pattern("^[0-9a-f]{64}$")
        @JsonPropertyDescription("policySHA256 is the SHA-256 hash of the policy file as mounted in the process.")
        String policySHA256,

        @Required @JsonPropertyDescription("provenAt is the time at which the proof was made.") @DateTime
        Instant provenAt,

        @JsonPropertyDescription("canary is the request that proves that the log records what the policy requires.")
        @Nullable
        Canary canary) {

    public Proof {
        startedAt = startedAt.truncatedTo(ChronoUnit.SECONDS);
        provenAt = provenAt.truncatedTo(ChronoUnit.SECONDS);
    }
}
