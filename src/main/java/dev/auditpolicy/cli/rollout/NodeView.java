package dev.auditpolicy.cli.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** An AuditNode as kubectl prints it. */
record NodeView(JsonNode object) {

    /** What people do about a node that does not go on by itself. The message says what is wrong. */
    private static final Map<String, String> ADVICE = Map.of(
            "Refused", "Nothing was changed. Correct what the message names, on the node or in the AuditPolicy.",
            "RolledBack",
                    "The node runs what it ran before. Correct the cause; a change of the AuditPolicy is tried again.",
            "Failed",
                    "Look at the node now (docs/runbook.md). Once it is well, a change of the AuditPolicy is tried again.",
            "Drifted", "Undo the edit on the node, or change the AuditPolicy: a new spec replaces it.",
            "Held", "Run \"auditpolicy hold --release\" on the node when you are done.",
            "Unmanaged", "Give the node its control-plane label back, or delete the Node.");

    String name() {
        return object.at("/metadata/name").asText();
    }

    String phase() {
        return object.at("/status/phase").asText("Pending");
    }

    /** The revision that phase is about. */
    String revision() {
        return object.at("/status/revision").asText();
    }

    /** The revision that kube-apiserver is proven to run, or empty. */
    String running() {
        return object.at("/status/running/revision").asText();
    }

    String message() {
        return object.at("/status/message").asText();
    }

    boolean isEffective() {
        return phase().equals("Effective");
    }

    Optional<String> advice() {
        return Optional.ofNullable(ADVICE.get(phase()));
    }
}
