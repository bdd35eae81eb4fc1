package dev.auditpolicy.model;

import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.OpenTurn;
import dev.auditpolicy.model.Machine.Serving;
import dev.auditpolicy.model.Store.NodeObject;
import dev.auditpolicy.rollout.NodeState.Report;
import dev.auditpolicy.rollout.TurnAcquisition;
import java.util.Optional;
import java.util.Set;

/**
 * An agent, its disk and its node.
 *
 * @param step its memory, which a crash loses
 * @param late a status write whose answer it no longer waits for, and that may still arrive
 * @param checked the revisions that it has ever Checked; for the invariants only
 * @param failed the revision that failed here since the user last wrote; for the invariants only
 */
record AgentState(
        Machine machine,
        Journal journal,
        Step step,
        Optional<StatusWrite> late,
        Set<String> checked,
        Optional<String> failed) {

    /** Where it is between two of its calls. */
    sealed interface Step {

        /** Between two rounds, or busy with what the journal says is open. */
        record Idle() implements Step {}

        /** It has read its AuditNode and evaluated the node. */
        record Evaluated(StatusWrite write) implements Step {}

        /** It acquires the turn, having Checked the spec of {@code node}. */
        record Acquiring(NodeObject node, TurnAcquisition acquisition) implements Step {}

        /** It has reported the outcome of its turn, and not closed the journal yet. */
        record Reported() implements Step {}
    }

    /** A status, written if the AuditNode's resourceVersion is {@code expected}. */
    record StatusWrite(int expected, Report report) {}

    AgentState with(Machine now) {
        return new AgentState(now, journal, step, late, checked, failed);
    }

    AgentState with(Journal now) {
        return new AgentState(machine, now, step, late, checked, failed);
    }

    AgentState with(Step now) {
        return new AgentState(machine, journal, now, late, checked, failed);
    }

    AgentState idle() {
        return with(new Step.Idle());
    }

    AgentState withLate(Optional<StatusWrite> write) {
        return new AgentState(machine, journal, step, write, checked, failed);
    }

    AgentState withChecked(Set<String> revisions) {
        return new AgentState(machine, journal, step, late, revisions, failed);
    }

    AgentState withFailed(Optional<String> revision) {
        return new AgentState(machine, journal, step, late, checked, revision);
    }

    /** The turn that it runs on its node. */
    Optional<OpenTurn> work() {
        return journal.openTurn().filter(_ -> journal.hasWork());
    }

    /** Whether its kube-apiserver is between the start of a change and its verification. */
    boolean isDisrupted() {
        return machine.serving() == Serving.RESTARTING
                || work().filter(open -> open.images() != null).isPresent();
    }

    /** Whether it is between its last check of the cluster and the restart: moments, unless it is stopped there. */
    boolean isAboutToRestart() {
        return step instanceof Step.Acquiring(var _, TurnAcquisition.Begin _)
                || (work().isPresent()
                        && machine.isReady()
                        && !work().filter(this::isVerifying).isPresent());
    }

    private boolean isVerifying(OpenTurn open) {
        return open.images() != null
                && machine.runs(open.spec().revision())
                && open.rollback().isEmpty();
    }
}
