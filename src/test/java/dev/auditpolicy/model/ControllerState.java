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
    record Writing(List<NodeWrite> nodes, Optional<TurnWrite> turn) implements ControllerState {}

    /** A write of an AuditNode. */
    sealed interface NodeWrite {

        int node();

        /** Its spec, written if its resourceVersion is {@code expected}, 0 for a new one. */
        record Spec(int node, int expected, String revision) implements NodeWrite {}

        /** A deletion, whatever its resourceVersion. */
        record Delete(int node) implements NodeWrite {}

        /** Its finalizer, written if its resourceVersion is {@code expected}. */
        record Protection(int node, int expected, boolean isProtected) implements NodeWrite {}
    }

    /** The AuditPolicy's status, written if its resourceVersion is {@code expected}. */
    record TurnWrite(int expected, Optional<Turn> turn, String committed) {}
}
