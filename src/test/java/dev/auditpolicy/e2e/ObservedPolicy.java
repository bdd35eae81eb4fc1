package dev.auditpolicy.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The AuditPolicy as kubectl returns it. */
record ObservedPolicy(JsonNode json) {

    /** Reasons of Stalled that only a new generation ends. */
    private static final Set<String> FINAL = Set.of("Invalid", "RolledBack", "TurnFailed");

    /** Whether the condition is True for the current generation. */
    boolean is(String type) {
        return condition(type)
                .filter(condition -> condition.path("status").asText().equals("True"))
                .filter(condition -> condition.path("observedGeneration").equals(json.at("/metadata/generation")))
                .isPresent();
    }

    /** Whether the current generation has failed and cannot become Ready. */
    boolean hasFailed() {
        return is("Stalled")
                && FINAL.contains(
                        condition("Stalled").orElseThrow().path("reason").asText());
    }

    /** The reason of Ready for the current generation. */
    String reason() {
        return condition("Ready")
                .filter(condition -> condition.path("observedGeneration").equals(json.at("/metadata/generation")))
                .map(condition -> condition.path("reason").asText())
                .orElse("NotObserved");
    }

    String message(String type) {
        return condition(type).orElseThrow().path("message").asText();
    }

    private Optional<JsonNode> condition(String type) {
        return StreamSupport.stream(json.at("/status/conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst();
    }

    /** Generation and conditions, one in a line. */
    @Override
    public String toString() {
        return "generation " + json.at("/metadata/generation")
                + StreamSupport.stream(json.at("/status/conditions").spliterator(), false)
                        .map(condition -> "%n  %s=%s %s (generation %s): %s"
                                .formatted(
                                        condition.path("type").asText(),
                                        condition.path("status").asText(),
                                        condition.path("reason").asText(),
                                        condition.path("observedGeneration").asText(),
                                        condition.path("message").asText()))
                        .collect(Collectors.joining());
    }
}
