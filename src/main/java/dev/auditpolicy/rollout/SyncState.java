package dev.auditpolicy.rollout;

import dev.auditpolicy.api.v1alpha1.Drift;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a node's kube-apiserver runs the desired revision, while the node acts on no turn. */
public enum SyncState {
    /** The live process is verified to run the revision. */
    IN_SYNC,
    /** The node can run the revision, and needs a change or a restart of its kube-apiserver. */
    OUT_OF_SYNC,
    /** The node needs a change that must wait: another process is changing the node, or its disk has no space. */
    WAITING,
    /** The node needs no change, and its live process is not verified: it is starting, or fails to. */
    UNVERIFIED,
    /** The node cannot run the revision. */
    REJECTED;

    /** Another edit so soon after a turn reverted the first one is treated as deliberate. */
    public static final Duration DELIBERATE_WITHIN = Duration.ofMinutes(10);

    /**
     * The phase of {@code revision}. A node that is edited again soon after a turn reverted an edit becomes Drifted and
     * stays as it is: two parties that revert each other would restart kube-apiserver forever.
     *
     * @param lastTurn the last turn that the node ended
     * @param previous the phase that the agent last reported for this generation
     * @param drift the last change that undid a turn
     */
    public Phase phase(
            String revision,
            Optional<TurnOutcome> lastTurn,
            Optional<Phase> previous,
            Optional<Drift> drift,
            Instant now) {
        var phase = phase(revision, lastTurn);
        var isDeliberate = previous.filter(Phase.DRIFTED::equals).isPresent()
                || drift.filter(Drift::looksDeliberate)
                        .flatMap(_ -> lastTurn)
                        .filter(last -> last.revision().equals(revision))
                        .filter(last -> last.endedAt().plus(DELIBERATE_WITHIN).isAfter(now))
                        .isPresent();
        return phase == Phase.CHECKED && isDeliberate ? Phase.DRIFTED : phase;
    }

    /**
     * The phase of {@code revision}. A revision that failed on this node is not retried: that takes a new generation.
     *
     * @param lastTurn the last turn that the node ended
     */
    public Phase phase(String revision, Optional<TurnOutcome> lastTurn) {
        return switch (this) {
            case IN_SYNC -> Phase.EFFECTIVE;
            case OUT_OF_SYNC -> failure(revision, lastTurn).orElse(Phase.CHECKED);
            case WAITING, UNVERIFIED -> failure(revision, lastTurn).orElse(Phase.PENDING);
            case REJECTED -> Phase.REFUSED;
        };
    }

    private static Optional<Phase> failure(String revision, Optional<TurnOutcome> lastTurn) {
        return lastTurn.filter(last -> last.revision().equals(revision))
                .map(TurnOutcome::result)
                .flatMap(SyncState::failure);
    }

    private static Optional<Phase> failure(Result result) {
        return switch (result) {
            case ROLLED_BACK -> Optional.of(Phase.ROLLED_BACK);
            case FAILED -> Optional.of(Phase.FAILED);
            case EFFECTIVE, ABANDONED -> Optional.empty();
        };
    }
}
