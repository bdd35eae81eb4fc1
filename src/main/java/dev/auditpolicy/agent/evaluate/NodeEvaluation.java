package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.rollout.SyncState;
import java.util.List;

/** The actual state of a node compared with its desired state, with the details of each {@link SyncState}. */
public sealed interface NodeEvaluation {

    /** The {@link AuditState} contains the proof. */
    record InSync() implements NodeEvaluation {}

    record OutOfSync(List<String> differences) implements NodeEvaluation {

        public OutOfSync {
            differences = List.copyOf(differences);
        }
    }

    record Waiting(String reason, List<String> differences) implements NodeEvaluation {

        public Waiting {
            differences = List.copyOf(differences);
        }
    }

    record Unverified(List<String> reasons) implements NodeEvaluation {

        public Unverified {
            reasons = List.copyOf(reasons);
        }
    }

    record Rejected(String message) implements NodeEvaluation {}

    default SyncState syncState() {
        return switch (this) {
            case InSync _ -> SyncState.IN_SYNC;
            case OutOfSync _ -> SyncState.OUT_OF_SYNC;
            case Waiting _ -> SyncState.WAITING;
            case Unverified _ -> SyncState.UNVERIFIED;
            case Rejected _ -> SyncState.REJECTED;
        };
    }
}
