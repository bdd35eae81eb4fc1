package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A condition in the form of Kubernetes' metav1.Condition; every field is always set. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "lastTransitionTime")
public record Condition(
        @Required @Size(max = 316) @JsonPropertyDescription("Type of the condition, in CamelCase.")
        String type,

        @Required @Pattern("^(True|False|Unknown)$") @JsonPropertyDescription("True, False or Unknown.")
        String status,

        @Required @JsonPropertyDescription("The metadata.generation that the condition is about.")
        Long observedGeneration,

        @Required @JsonPropertyDescription("When status last changed.") @DateTime
        Instant lastTransitionTime,

        @Required @Size(min = 1, max = 1024) @JsonPropertyDescription("Why, in one CamelCase word for programs.")
        String reason,

        @Required @Size(max = 32768) @JsonPropertyDescription("Why, for people. May be empty.")
        String message) {

    /** The three values of a condition's status. */
    public static final String TRUE = "True";

    public static final String FALSE = "False";
    public static final String UNKNOWN = "Unknown";

    public Condition {
        lastTransitionTime = lastTransitionTime.truncatedTo(ChronoUnit.SECONDS);
    }

    /** What makes a condition, without its times. */
    public record Statement(String type, String status, String reason, String message) {}

    /**
     * The statement as a condition: {@code lastTransitionTime} stays while the status stays, as metav1.Condition
     * demands.
     *
     * @param before the conditions that were last written
     */
    public static Condition of(Statement statement, List<Condition> before, long generation, Instant now) {
        var since = before.stream()
                .filter(known -> known.type().equals(statement.type()))
                .filter(known -> known.status().equals(statement.status()))
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElse(now);
        return new Condition(
                statement.type(),
                statement.status(),
                generation,
                since,
                statement.reason(),
                Message.bounded(statement.message(), Message.IN_CONDITION));
    }
}
