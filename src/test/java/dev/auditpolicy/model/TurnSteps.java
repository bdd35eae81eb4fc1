package dev.auditpolicy.model;

import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.api.v1alpha1.RestartChoice.Strategy;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.FileImages;
import dev.auditpolicy.journal.OpenTurn;
import dev.auditpolicy.journal.RollbackReason;
import dev.auditpolicy.model.AgentState.StatusWrite;
import dev.auditpolicy.model.AgentState.Step.Reported;
import dev.auditpolicy.model.Machine.Serving;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an agent does with the turn in its journal. All that it remembers is on disk or on the node, so here a crash only
 * takes time.
 */
final class TurnSteps implements Steps {

    private static final String WHO = AgentSteps.WHO;
    private static final RestartChoice IN_PLACE = new RestartChoice(Strategy.IN_PLACE, "");

    @Override
    public void from(ModelState state, Consumer<Step> found) {
        for (var index = 0; index < state.agents().size(); index++) {
            var agent = state.agents().get(index);
            if (agent.work().isPresent()) {
                var open = agent.work().get();
                if (open.rollback().isPresent()) {
                    rollBack(state, index, open, found);
                } else {
                    apply(state, index, open, found);
                }
            } else if (agent.step() instanceof Reported) {
                found.accept(Step.of(
                        WHO,
                        index,
                        "closes its journal",
                        state.with(index, agent.with(agent.journal().close()).idle())));
            } else if (agent.journal().openTurn().isPresent()) {
                report(state, index, agent.journal().openTurn().get().end().orElseThrow(), found);
            }
        }
    }

    private static void apply(ModelState state, int index, OpenTurn open, Consumer<Step> found) {
        var agent = state.agents().get(index);
        var machine = agent.machine();
        var desired = open.spec().revision();
        if (open.images() == null) {
            var writing = open.writing(images(machine.files(), desired), IN_PLACE, List.of());
            found.accept(Step.of(
                    WHO,
                    index,
                    "records what it is about to write",
                    state.with(index, agent.with(agent.journal().with(writing)))));
            if (state.left().abandoned() > 0) {
                var left = state.left().abandoned(state.left().abandoned() - 1);
                found.accept(ended(state.with(left), index, open, Result.ABANDONED, true));
            }
            return;
        }
        if (!machine.files().equals(desired)) {
            found.accept(
                    Step.of(WHO, index, "writes the files", state.with(index, agent.with(machine.withFiles(desired)))));
        } else if (!machine.process().equals(desired)) {
            found.accept(Step.of(WHO, index, "restarts", state.with(index, agent.with(machine.restarted()))));
        } else if (machine.isReady()) {
            found.accept(ended(state, index, open, Result.EFFECTIVE, false));
        }
        if (state.left().failures() > 0 && machine.process().equals(desired)) {
            found.accept(Step.fault(
                    WHO,
                    index,
                    "rolls back",
                    state.with(state.left().failures(state.left().failures() - 1))
                            .with(
                                    index,
                                    agent.with(
                                            agent.journal().with(open.rollingBack(RollbackReason.other("failed")))))));
        }
    }

    private static void rollBack(ModelState state, int index, OpenTurn open, Consumer<Step> found) {
        var agent = state.agents().get(index);
        var machine = agent.machine();
        var before = open.images().policyBefore().text();
        if (!machine.files().equals(before)) {
            found.accept(Step.of(
                    WHO, index, "restores the files", state.with(index, agent.with(machine.withFiles(before)))));
        } else if (!machine.process().equals(before)) {
            found.accept(Step.of(WHO, index, "restarts", state.with(index, agent.with(machine.restarted()))));
        } else if (machine.isReady()) {
            found.accept(ended(state, index, open, Result.ROLLED_BACK, false));
        } else if (state.left().failures() > 0) {
            var left = state.left().failures(state.left().failures() - 1);
            var dead = state.with(left).with(index, agent.with(machine.with(Serving.DEAD)));
            found.accept(ended(dead, index, open, Result.FAILED, true));
        }
    }

    private static Step ended(ModelState state, int index, OpenTurn open, Result result, boolean fault) {
        var agent = state.agents().get(index);
        var turn = open.turn();
        var outcome = new TurnOutcome(turn.id(), turn.revision(), turn.attempt(), result, Instant.EPOCH, "", null);
        var failed =
                result == Result.ROLLED_BACK || result == Result.FAILED ? Optional.of(turn.revision()) : agent.failed();
        var after = agent.with(agent.journal().ended(outcome)).withFailed(failed);
        return new Step(WHO, index, "ends its turn", result, fault, state.with(index, after));
    }

    private static void report(ModelState state, int index, TurnOutcome outcome, Consumer<Step> found) {
        var agent = state.agents().get(index);
        var reported = agent.with(new Reported());
        var node = state.store().node(index);
        if (node.isEmpty()) {
            found.accept(Step.of(WHO, index, "has no AuditNode to report to", state.with(index, reported)));
            return;
        }
        var report = AgentReport.of(agent.machine(), node.get().revision(), Optional.of(outcome));
        var store =
                state.store().withReport(index, node.get().version(), report).orElseThrow();
        found.accept(Step.of(WHO, index, "reports", report, state.with(store).with(index, reported)));
        AgentSteps.late(state, index, new StatusWrite(node.get().version(), report), found);
    }

    private static FileImages images(String before, String after) {
        return new FileImages(
                FileImage.rootOnly(before),
                FileImage.rootOnly(after),
                FileImage.rootOnly(before),
                FileImage.rootOnly(after));
    }
}
