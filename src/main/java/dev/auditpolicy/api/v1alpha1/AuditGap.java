package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A time in which a kube-apiserver ran and did not record what it was last proven to record. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "from")
@SchemaCustomizer(value = DateTimeFormat.class, input = "to")
@JsonIgnoreProperties(ignoreUnknown = true)
public record AuditGap(
        @Required
        @JsonPropertyDescription(
                "from is the time at which the kube-apiserver without the revision started, or at which the agent"
                        + " noticed that its log is lost.")
        @DateTime
        Instant from,

        @JsonPropertyDescription("to is the end of the gap. Absent while it lasts.") @DateTime @Nullable
        Instant to,

        @Required @Size(max = 1024) @JsonPropertyDescription("why is a human-readable explanation.")
        String why) {

    public static final int MAX_WHY_LENGTH = 1024;

    public AuditGap {
        from = from.truncatedTo(ChronoUnit.SECONDS);
        to = to == null ? null : to.truncatedTo(ChronoUnit.SECONDS);
    }

    /** This gap, ended at {@code time}. */
    public AuditGap until(Instant time) {
        return new AuditGap(from, time.isBefore(from) ? from : time, why);
    }

    /** Empty while the gap lasts. */
    public Optional<Duration> length() {
        return Optional.ofNullable(to).map(end -> Duration.between(from, end));
    }
}
