package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.rollout.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The types of an AuditPolicy's conditions, and how to build them about one generation. */
final class Conditions {

    /** Every kube-apiserver's live process was proven to run this generation. */
    static final String READY = "Ready";
    /** The controller works towards this generation. */
    static final String RECONCILING = "Reconciling";
    /** Nothing more happens for this generation until somebody acts. */
    static final String STALLED = "Stalled";
    /** The spec can be run by every kube-apiserver version of the cluster. */
    static final String ACCEPTED = "Accepted";
    /** Each node's kube-apiserver runs the wanted revision, whatever else is wrong. */
    static final String EFFECTIVE = "Effective";

    private final List<Condition> before;
    private final long generation;
    private final Instant now;

    Conditions(List<Condition> before, long generation, Instant now) {
        this.before = List.copyOf(before);
        this.generation = generation;
        this.now = now;
    }

    /** The condition of a type, if it was ever written. */
    static Optional<Condition> find(AuditPolicyStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    /** Whether something will change that no watch tells of. A paused rollout goes on when its spec changes. */
    static boolean needsPolling(AuditPolicyStatus status) {
        return status.turn() != null
                || find(status, RECONCILING)
                        .filter(condition -> condition.status().equals(Condition.TRUE))
                        .filter(condition -> !condition.reason().equals(Decision.Reason.Paused.name()))
                        .isPresent();
    }

    Condition of(String type, String status, String reason, String message) {
        return Condition.of(new Condition.Statement(type, status, reason, message), before, generation, now);
    }
}
