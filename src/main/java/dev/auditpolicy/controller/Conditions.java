package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Builds the conditions of an AuditPolicy for one generation. */
final class Conditions {

    /** Every running kube-apiserver is verified to run this generation. */
    static final String READY = "Ready";
    /** The controller is rolling out this generation. */
    static final String RECONCILING = "Reconciling";
    /** The rollout of this generation does not continue without intervention. */
    static final String STALLED = "Stalled";
    /** The spec is valid for every kube-apiserver version of the cluster. */
    static final String ACCEPTED = "Accepted";
    /** Every running kube-apiserver is verified to run the desired revision. */
    static final String EFFECTIVE = "Effective";

    /** The requests of every kube-apiserver to the webhook succeed. Absent without {@code spec.webhook}. */
    static final String SINK_HEALTHY = "SinkHealthy";

    /** The reason of {@link #ACCEPTED} if the linter has findings. */
    static final String VALID_WITH_FINDINGS = "ValidWithFindings";

    /** The reason of {@link #READY} if a reconciliation fails. */
    static final String CONTROLLER_FAILED = "ControllerFailed";

    private final List<Condition> previous;
    private final long generation;
    private final Instant now;

    Conditions(List<Condition> previous, long generation, Instant now) {
        this.previous = List.copyOf(previous);
        this.generation = generation;
        this.now = now;
    }

    /** The condition of a type, if it exists. */
    static Optional<Condition> find(AuditPolicyStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    Condition of(String type, String status, String reason, String message) {
        return Condition.of(new Condition.Statement(type, status, reason, message), previous, generation, now);
    }
}
