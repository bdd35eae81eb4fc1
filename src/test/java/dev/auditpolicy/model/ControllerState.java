package dev.auditpolicy.model;

import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.model.Store.PolicyObject;
import java.util.List;
import java.util.Optional;

/** The memory of a controller between two of its calls, where it can pause for any time. */
sealed interface ControllerState {

    /** Between two rounds. */
    record Idle() implements ControllerState {}

    /** It has read the AuditPolicy, and the AuditNodes not yet. */
    record Read(PolicyObject policy) implements ControllerState {}

    /** It has observed and decided; these writes remain, in this order. */
    record Writing(List<SpecWrite> specs, Optional<TurnWrite> turn) implements ControllerState {}

    /** An AuditNode's spec, written if its resourceVersion is {@code expected}, 0 for a new one. */
    record SpecWrite(int node, int expected, String revision) {}

    /** The AuditPolicy's status, written if its resourceVersion is {@code expected}. */
    record TurnWrite(int expected, Optional<Turn> turn, String committed) {}
}
