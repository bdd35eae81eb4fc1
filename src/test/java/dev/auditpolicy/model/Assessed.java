package dev.auditpolicy.model;

import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.rollout.NodeState.Report;
import dev.auditpolicy.rollout.Standing;
import java.util.Optional;

/** What the agent of a machine says about it. */
final class Assessed {

    private Assessed() {}

    static Report report(Machine machine, String revision, Optional<TurnOutcome> last) {
        return new Report(standing(machine, revision).phase(revision, last), revision, Optional.empty(), last, "");
    }

    private static Standing standing(Machine machine, String revision) {
        if (!machine.runs(revision)) {
            return Standing.DIFFERS;
        }
        return machine.isReady() ? Standing.IN_EFFECT : Standing.UNPROVEN;
    }
}
