package dev.auditpolicy.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A Kustomization of Flux as kubectl returns it. */
record ObservedKustomization(JsonNode json) {

    /** Whether Flux has applied this revision and considers all of its objects ready. */
    boolean isReady(String revision) {
        return readiness().equals("True")
                && json.at("/status/lastAppliedRevision").asText().equals(revision);
    }

    /** Whether Flux has given up on this revision, for now. */
    boolean hasFailed(String revision) {
        return readiness().equals("False")
                && json.at("/status/lastAttemptedRevision").asText().equals(revision);
    }

    /** True, False or Unknown, for the current generation. */
    String readiness() {
        return ready().filter(condition -> condition.path("observedGeneration").equals(json.at("/metadata/generation")))
                .map(condition -> condition.path("status").asText())
                .orElse("Unknown");
    }

    String message() {
        return ready().map(condition -> condition.path("message").asText()).orElse("");
    }

    /** How often these objects were applied. */
    long syncs() {
        return json.at("/status/history/0/totalReconciliations").asLong();
    }

    private Optional<JsonNode> ready() {
        return StreamSupport.stream(json.at("/status/conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals("Ready"))
                .findFirst();
    }

    @Override
    public String toString() {
        return "Kustomization: Ready is " + readiness() + " for " + json.at("/status/lastAttemptedRevision")
                + " (applied " + json.at("/status/lastAppliedRevision") + "): " + message();
    }
}
