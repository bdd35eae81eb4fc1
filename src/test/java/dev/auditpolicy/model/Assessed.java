package dev.auditpolicy.model;

import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.rollout.NodeState.Report;
import dev.auditpolicy.rollout.SyncState;
import java.util.Optional;

/** What the agent of a machine says about it. */
final class Assessed {

    private Assessed() {}

    static Report report(Machine machine, String revision, Optional<TurnOutcome> last) {
        return new Report(standing(machine, revision).phase(revision, last), revision, Optional.empty(), last, "");
    }

    private static SyncState standing(Machine machine, String revision) {
        if (!machine.runs(revision)) {
            return SyncState.OUT_OF_SYNC;
        }
        return machine.isReady() ? SyncState.IN_SYNC : SyncState.UNVERIFIED;
    }
}
