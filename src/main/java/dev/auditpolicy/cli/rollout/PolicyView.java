package dev.auditpolicy.cli.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** An AuditPolicy as kubectl prints it. Fields that another release does not have are empty. */
record PolicyView(JsonNode object) {

    /** The reasons of a rollout that goes on by itself. */
    private static final Set<String> MOVING = Set.of("RollingOut", "Checking", "WaitingForReadiness", "TurnInProgress");

    String name() {
        return object.at("/metadata/name").asText();
    }

    long generation() {
        return object.at("/metadata/generation").asLong();
    }

    long observedGeneration() {
        return object.at("/status/observedGeneration").asLong(-1);
    }

    boolean isObserved() {
        return observedGeneration() == generation();
    }

    boolean isDeleted() {
        return object.at("/metadata").has("deletionTimestamp");
    }

    String revision() {
        return object.at("/status/revision").asText();
    }

    int total() {
        return object.at("/status/nodes/total").asInt();
    }

    int effective() {
        return object.at("/status/nodes/effective").asInt();
    }

    String reason() {
        return ready().map(condition -> condition.path("reason").asText()).orElse("");
    }

    String message() {
        return ready().map(condition -> condition.path("message").asText()).orElse("");
    }

    /** Why events do not reach the webhook; empty without a webhook, or if they do, or if that is not known. */
    Optional<String> deliveryProblem() {
        return condition("SinkHealthy")
                .filter(condition -> condition.path("status").asText().equals("False"))
                .map(condition -> condition.path("message").asText());
    }

    /** What the rollout will change; missing if it has ended. */
    JsonNode plan() {
        return object.at("/status/plan");
    }

    boolean isMoving() {
        return isObserved() && !isDeleted() && MOVING.contains(reason());
    }

    int drainSeconds() {
        return object.at("/spec/rollout/drainSeconds").asInt();
    }

    int minReadySeconds() {
        return object.at("/spec/rollout/minReadySeconds").asInt();
    }

    /** When the present turn was given. */
    Optional<Instant> turnIssuedAt() {
        return Optional.of(object.at("/status/turn/issuedAt").asText())
                .filter(text -> !text.isEmpty())
                .map(Instant::parse);
    }

    Verdict verdict() {
        if (!isObserved() || isDeleted()) {
            return Verdict.IN_PROGRESS;
        }
        if (isTrue("Ready")) {
            return Verdict.READY;
        }
        return isTrue("Stalled") ? Verdict.STALLED : Verdict.IN_PROGRESS;
    }

    private boolean isTrue(String type) {
        return condition(type)
                .filter(condition -> condition.path("observedGeneration").asLong() == generation())
                .filter(condition -> condition.path("status").asText().equals("True"))
                .isPresent();
    }

    private Optional<JsonNode> ready() {
        return condition("Ready");
    }

    private Optional<JsonNode> condition(String type) {
        return StreamSupport.stream(object.at("/status/conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst();
    }
}
