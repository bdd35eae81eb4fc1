package dev.auditpolicy.agent.status;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.auditpolicy.agent.evaluate.AuditState;
import dev.auditpolicy.agent.evaluate.AuditState.Lost.Cause;
import dev.auditpolicy.agent.evaluate.EvaluatedNode;
import dev.auditpolicy.agent.evaluate.NodeEvaluation;
import dev.auditpolicy.api.v1alpha1.Drift;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.rollout.SyncState;
import java.time.Instant;
import java.util.List;
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
        if (reached.isEmpty()) {
            return last;
        }
        var endedAt = reached.get().endedAt();
        var reappliedAt = node.reappliedAt().map(at -> at.truncatedTo(SECONDS)).filter(endedAt::isBefore);
        var known = reappliedAt.filter(this::isUnreported).map(this::reapplied).or(() -> last);
        if (!differs(node) || isLasting(known, endedAt, reappliedAt)) {
            return known;
        }
        var cause = cause(node);
        var isSoon = (isSoonAfter(endedAt) && isRepair(reached.get()))
                || reappliedAt.filter(this::isSoonAfter).isPresent();
        return Optional.of(known.filter(_ -> isSoon)
                .map(drift -> drift.next(cause, now))
                .orElseGet(() -> Drift.first(cause, now)));
    }

    /** A rewrite that was answered at once counts like one that a turn reverts. */
    private Drift reapplied(Instant at) {
        return last.filter(drift ->
                        drift.noticedAt().plus(SyncState.DELIBERATE_WITHIN).isAfter(at))
                .map(drift -> drift.next(Drift.Cause.REGENERATED, at))
                .orElseGet(() -> Drift.first(Drift.Cause.REGENERATED, at));
    }

    private boolean isUnreported(Instant at) {
        return last.filter(drift -> !drift.noticedAt().isBefore(at)).isEmpty();
    }

    /** Whether nothing has reverted the last drift yet. */
    private static boolean isLasting(Optional<Drift> known, Instant endedAt, Optional<Instant> reappliedAt) {
        return known.map(Drift::noticedAt)
                .filter(endedAt::isBefore)
                .filter(at -> !reappliedAt.equals(Optional.of(at)))
                .isPresent();
    }

    private boolean isSoonAfter(Instant revertedAt) {
        return revertedAt.plus(SyncState.DELIBERATE_WITHIN).isAfter(now);
    }

    /** A log that is deleted once more is no edit that somebody insists on. */
    private static Drift.Cause cause(EvaluatedNode node) {
        if (node.regenerated()) {
            return Drift.Cause.REGENERATED;
        }
        return node.live() instanceof AuditState.Lost lost
                        && lost.cause() == Cause.LogLost
                        && node.desired() instanceof NodeEvaluation.OutOfSync(List<String> differences)
                        && lost.reasons().contains(differences.getFirst())
                ? Drift.Cause.LOG_LOST
                : Drift.Cause.EDITED;
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
