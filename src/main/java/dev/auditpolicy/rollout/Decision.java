package dev.auditpolicy.rollout;

import dev.auditpolicy.api.v1alpha1.Turn;

/** What to do with the turn. */
public sealed interface Decision {

    /** Nothing: every kube-apiserver runs the desired revision. */
    record Complete() implements Decision {}

    /** Grant the turn to {@code node}, its {@code attempt}-th for {@code revision}. */
    record Grant(String node, String revision, int attempt) implements Decision {}

    /** Leave the turn with its node. */
    record Retain(Turn turn, String message) implements Decision {}

    /** Revoke the turn: it has ended, or its node has not answered it and no longer needs it. */
    record Revoke(Turn turn, String message) implements Decision {}

    /** Grant no turn yet. The reason resolves automatically. */
    record Wait(Reason reason, String message) implements Decision {}

    /** Grant no turn until the user or an administrator intervenes. */
    record Stall(Reason reason, String message) implements Decision {}

    /** Why there is no turn. The name is the reason of the condition. */
    enum Reason {
        /** There is no control-plane node. */
        NoControlPlaneNodes,
        /** A node still acts on a revoked turn. */
        TurnInProgress,
        /** No agent has ever reported from a node that is labelled as one of the control plane. */
        AgentMissing,
        /** Not every agent has checked the revision. */
        Checking,
        /** A node cannot run the revision. */
        NodeRefused,
        /** A node's turn failed, and the node runs its previous revision again. */
        RolledBack,
        /** A node's turn failed, and what the node runs now is not verified. */
        TurnFailed,
        /**
         * A node has the revision in its files, and its kube-apiserver or its log is not verified to follow it within
         * verifyTimeoutSeconds.
         */
        NotVerified,
        /** A node ended its last turn without a change. It gets another one after a back-off. */
        TurnAbandoned,
        /** The configuration of a node is repeatedly changed outside of this operator. */
        NodeDrifted,
        /** A node has not ended its turn in the time that a turn and its rollback take at most. */
        TurnOverdue,
        /** An administrator holds a node. */
        NodeHeld,
        /** The rollout of the revision waits until somebody names it in approvedRevision. */
        AwaitingApproval,
        /** The log of a node is predicted to grow more than maxGrowth allows, or it cannot be predicted. */
        GrowthAboveLimit,
        /** The user paused the rollout. */
        Paused,
        /** Not every kube-apiserver has been ready for minReadySeconds. */
        WaitingForReadiness,
        /** A kube-apiserver runs on a host without an AuditNode. */
        UnmanagedAPIServer
    }
}
