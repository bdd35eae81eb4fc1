package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.Condition;
import java.time.Instant;
import java.util.List;

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

    /** Whether {@code condition} says that something will change without anybody's help. */
    static boolean isUnderWay(Condition condition) {
        return condition.type().equals(RECONCILING) && condition.status().equals(Condition.TRUE);
    }

    Condition of(String type, String status, String reason, String message) {
        return Condition.of(new Condition.Statement(type, status, reason, message), before, generation, now);
    }
}
