package dev.auditpolicy.rollout;

import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How a node that acts on no turn stands to what it is to run. */
public enum SyncState {
    /** The live process runs it. */
    IN_SYNC,
    /** The node can run it, and has to be changed or its kube-apiserver restarted. */
    OUT_OF_SYNC,
    /** Nothing is to be done now, and the live process is not proven to run it. */
    UNVERIFIED,
    /** The node cannot run it as things are. */
    REJECTED;

    /** Whoever changes a node again this soon after it was put back means it. */
    static final Duration CONTEST = Duration.ofMinutes(10);

    /**
     * What the node's agent says of {@code revision}. A node that somebody else changes again soon after a turn has put
     * it back is left as it is: two that undo each other's work restart a kube-apiserver without end.
     *
     * @param lastTurn the last turn that the node has ended
     * @param before the phase that the agent told last of this generation: a new one starts anew
     */
    public Phase phase(String revision, Optional<TurnOutcome> lastTurn, Optional<Phase> before, Instant now) {
        var phase = phase(revision, lastTurn);
        var isContested = before.filter(Phase.DRIFTED::equals).isPresent()
                || lastTurn.filter(last -> last.revision().equals(revision)
                                && last.result() == Result.EFFECTIVE
                                && last.attempt() > 1
                                && last.endedAt().plus(CONTEST).isAfter(now))
                        .isPresent();
        return phase == Phase.CHECKED && isContested ? Phase.DRIFTED : phase;
    }

    /**
     * What the node's agent says of {@code revision}. A node that needs a change for a revision that has failed here
     * does not offer itself again: the next generation does that.
     *
     * @param lastTurn the last turn that the node has ended
     */
    public Phase phase(String revision, Optional<TurnOutcome> lastTurn) {
        return switch (this) {
            case IN_SYNC -> Phase.EFFECTIVE;
            case REJECTED -> Phase.REFUSED;
            case OUT_OF_SYNC -> failure(revision, lastTurn).orElse(Phase.CHECKED);
            case UNVERIFIED -> failure(revision, lastTurn).orElse(Phase.PENDING);
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
