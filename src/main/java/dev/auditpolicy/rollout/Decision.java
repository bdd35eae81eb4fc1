package dev.auditpolicy.rollout;

import dev.auditpolicy.api.v1alpha1.Turn;

/** What is to happen with the turn now. */
public sealed interface Decision {

    /** Every kube-apiserver runs the wanted revision. */
    record Complete() implements Decision {}

    /** Give {@code node} the turn, its {@code attempt}-th for {@code revision}. */
    record Grant(String node, String revision, int attempt) implements Decision {}

    /** The turn stays with its node. */
    record Retain(Turn turn, String message) implements Decision {}

    /** Take the turn back: it has ended, or nobody has answered it and it is no longer meant. */
    record Revoke(Turn turn, String message) implements Decision {}

    /** Nobody may have the turn yet; this passes by itself. */
    record Wait(Reason reason, String message) implements Decision {}

    /** Nobody gets the turn until a human acts. */
    record Stall(Reason reason, String message) implements Decision {}

    /** Why there is no turn; the reason of the condition that tells it. */
    enum Reason {
        /** There is no control-plane node. */
        NoControlPlaneNodes,
        /** A node still acts on a turn that is no longer given. */
        TurnInProgress,
        /** Not every agent has looked at the revision. */
        Checking,
        /** A node cannot run the revision as it is. */
        NodeRefused,
        /** A node's turn failed and the node runs again what it ran before. */
        RolledBack,
        /** A node's turn failed and what it runs now is not proven. */
        TurnFailed,
        /** Somebody else keeps changing a node back. */
        NodeDrifted,
        /** A human holds a node. */
        NodeHeld,
        /** The user paused the rollout. */
        Paused,
        /** Not every kube-apiserver has been ready for minReadySeconds. */
        Settling,
        /** A kube-apiserver runs where there is no AuditNode. */
        UnmanagedAPIServer
    }
}
