package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A condition in the form of Kubernetes' metav1.Condition; every field is always set. */
public record Condition(
        @Required @Size(max = 316) @JsonPropertyDescription("Type of the condition, in CamelCase.") String type,

        @Required @Pattern("^(True|False|Unknown)$") @JsonPropertyDescription("True, False or Unknown.")
        String status,

        @Required @JsonPropertyDescription("The metadata.generation that the condition is about.")
        Long observedGeneration,

        @Required @JsonPropertyDescription("When status last changed, RFC 3339.") String lastTransitionTime,

        @Required
        @Size(min = 1, max = 1024)
        @JsonPropertyDescription("Why, in one CamelCase word for programs.")
        String reason,

        @Required @Size(max = 32768) @JsonPropertyDescription("Why, for people. May be empty.") String message) {

    /** The three values of a condition's status. */
    public static final String TRUE = "True";

    public static final String FALSE = "False";
    public static final String UNKNOWN = "Unknown";
}
