package dev.auditpolicy.model;

import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.rollout.NodeState.Report;
import dev.auditpolicy.rollout.SyncState;
import java.util.Optional;

/** What the agent of a machine reports. */
final class AgentReport {

    private AgentReport() {}

    static Report of(Machine machine, String revision, Optional<TurnOutcome> last) {
        return new Report(syncState(machine, revision).phase(revision, last), revision, Optional.empty(), last, "");
    }

    private static SyncState syncState(Machine machine, String revision) {
        if (!machine.runs(revision)) {
            return SyncState.OUT_OF_SYNC;
        }
        return machine.isReady() ? SyncState.IN_SYNC : SyncState.UNVERIFIED;
    }
}
