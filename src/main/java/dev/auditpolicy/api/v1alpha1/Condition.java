package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A metav1.Condition whose fields are all set. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "lastTransitionTime")
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
        @Required @Size(max = 316) @JsonPropertyDescription("type is the type of the condition in CamelCase.")
        String type,

        @Required
        @Pattern("^(True|False|Unknown)$")
        @JsonPropertyDescription("status is the status of the condition: True, False or Unknown.")
        String status,

        @Required
        @JsonPropertyDescription("observedGeneration is the metadata.generation that the condition is based on.")
        Long observedGeneration,

        @Required @JsonPropertyDescription("lastTransitionTime is the last time at which status changed.") @DateTime
        Instant lastTransitionTime,

        @Required
        @Size(min = 1, max = 1024)
        @JsonPropertyDescription("reason is a programmatic identifier, in CamelCase, that explains status.")
        String reason,

        @Required
        @Size(max = 32768)
        @JsonPropertyDescription("message is a human-readable explanation of status. It may be empty.")
        String message) {

    public static final String TRUE = "True";

    public static final String FALSE = "False";
    public static final String UNKNOWN = "Unknown";

    public Condition {
        lastTransitionTime = lastTransitionTime.truncatedTo(ChronoUnit.SECONDS);
    }

    /** A condition without its generation and time. */
    public record Statement(String type, String status, String reason, String message) {}

    /**
     * The statement as a condition. Its {@code lastTransitionTime} changes only if its status does.
     *
     * @param previous the conditions that were last written
     */
    public static Condition of(Statement statement, List<Condition> previous, long generation, Instant now) {
        var lastTransitionTime = previous.stream()
                .filter(condition -> condition.type().equals(statement.type()))
                .filter(condition -> condition.status().equals(statement.status()))
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElse(now);
        return new Condition(
                statement.type(),
                statement.status(),
                generation,
                lastTransitionTime,
                statement.reason(),
                Message.bounded(statement.message(), Message.IN_CONDITION));
    }
}
