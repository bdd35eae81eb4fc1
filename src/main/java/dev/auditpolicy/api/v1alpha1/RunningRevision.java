package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The revision that a kube-apiserver runs now. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "provenAt")
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunningRevision(
        @Required @Size(min = 1, max = 64) @JsonPropertyDescription("revision is the proven revision.")
        String revision,

        @Required @JsonPropertyDescription("provenAt is the time at which the proof was made.") @DateTime
        Instant provenAt) {

    public RunningRevision {
        provenAt = provenAt.truncatedTo(ChronoUnit.SECONDS);
    }
}
