package dev.auditpolicy.model;

import dev.auditpolicy.model.Machine.Serving;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must never happen, whatever fails. */
final class Invariants {

    /** The invariants that {@code step} from {@code before} breaks. */
    List<String> broken(ModelState before, Step step) {
        var broken = new ArrayList<String>();
        var after = step.after();
        if (after.agents().stream().filter(AgentState::isDisrupted).count() > 1) {
            broken.add("two kube-apiservers are restarting or not verified");
        }
        for (var index = 0; index < after.agents().size(); index++) {
            var agent = after.agents().get(index);
            if (begins(before.agents().get(index), agent)) {
                begins(before, index, agent).ifPresent(broken::add);
            }
            if (restarts(before.agents().get(index), agent)) {
                restarts(after, index).ifPresent(broken::add);
            }
        }
        return broken;
    }

    private static boolean begins(AgentState before, AgentState after) {
        return before.journal().openTurn().isEmpty()
                && after.journal().openTurn().isPresent();
    }

    private static Optional<String> begins(ModelState before, int index, AgentState agent) {
        var open = agent.journal().openTurn().orElseThrow();
        var revision = open.spec().revision();
        var who = ModelState.name(index);
        if (before.agents().stream()
                .anyMatch(any -> any.journal().hasUsed(open.turn().id()))) {
            return Optional.of(who + " starts a turn whose id was used before");
        }
        if (!open.turn().node().equals(who) || !open.turn().revision().equals(revision)) {
            return Optional.of(who + " starts a turn that is not for it");
        }
        if (!agent.checked().contains(revision)) {
            return Optional.of(who + " starts a turn for a revision that it has not Checked");
        }
        return agent.failed().equals(Optional.of(revision))
                ? Optional.of(who + " retries a failed revision")
                : Optional.empty();
    }

    private static boolean restarts(AgentState before, AgentState after) {
        return before.machine().isReady() && after.machine().serving() == Serving.RESTARTING;
    }

    private static Optional<String> restarts(ModelState after, int index) {
        for (var other = 0; other < after.agents().size(); other++) {
            if (other != index && !after.agents().get(other).machine().isReady()) {
                return Optional.of(ModelState.name(index) + " restarts while a peer is not ready");
            }
        }
        return Optional.empty();
    }
}
