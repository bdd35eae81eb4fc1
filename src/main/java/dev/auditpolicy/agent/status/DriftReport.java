package dev.auditpolicy.agent.status;

import dev.auditpolicy.agent.evaluate.EvaluatedNode;
import dev.auditpolicy.api.v1alpha1.Drift;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.rollout.SyncState;
import java.time.Instant;
import java.util.Optional;

/**
 * The last drift of a node, which follows from the status and the journal alone.
 *
 * @param last as last reported
 * @param lastTurn the last turn that the node ended
 */
record DriftReport(Optional<Drift> last, Optional<TurnOutcome> lastTurn, Instant now) {

    Optional<Drift> after(String revision, EvaluatedNode node) {
        var reached = lastTurn.filter(turn -> turn.result() == Result.EFFECTIVE)
                .filter(turn -> turn.revision().equals(revision));
        if (reached.isEmpty() || !differs(node)) {
            return last;
        }
        var endedAt = reached.get().endedAt();
        if (last.filter(drift -> drift.noticedAt().isAfter(endedAt)).isPresent()) {
            return last;
        }
        var cause = node.regenerated() ? Drift.Cause.REGENERATED : Drift.Cause.EDITED;
        var isSoon = endedAt.plus(SyncState.DELIBERATE_WITHIN).isAfter(now) && isRepair(reached.get());
        return Optional.of(
                last.filter(_ -> isSoon).map(drift -> drift.next(cause, now)).orElseGet(() -> Drift.first(cause, now)));
    }

    /** A turn of the same revision after the first reverts a change. */
    private static boolean isRepair(TurnOutcome turn) {
        return turn.attempt() > 1;
    }

    private static boolean differs(EvaluatedNode node) {
        return switch (node.desired().syncState()) {
            case OUT_OF_SYNC, WAITING -> true;
            case IN_SYNC, UNVERIFIED, REJECTED -> false;
        };
    }
}
