package dev.auditpolicy.controller;

import dev.auditpolicy.rollout.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** How soon to reconcile again if no watch reports a change before. */
final class Polling {

    /** Samples readiness during a rollout, and must be short compared with minReadySeconds. */
    private static final Duration FAST = Duration.ofSeconds(1);

    /** For what can last for days, and what a watch reports except for the expiry of a Lease or of a time. */
    private static final Duration SLOW = Duration.ofSeconds(10);

    /**
     * How soon to read the Secret of the webhook again. The controller has no right to watch it. kubelet takes up to 90 s for that of
     * a volume, and kube-apiserver up to 60 s to read a token again.
     */
    static final Duration SECRET = Duration.ofMinutes(1);

    private final InstantSource clock;

    Polling(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Empty if a watch reports what ends the state.
     *
     * @param hasTurn whether the AuditPolicy had a turn when it was read
     * @param nextEnd when temporary rules end
     * @param hasSecret whether the AuditPolicy has a webhook
     */
    Optional<Duration> interval(Decision decision, boolean hasTurn, Optional<Instant> nextEnd, boolean hasSecret) {
        return Stream.of(
                        interval(decision, hasTurn).or(() -> Optional.of(SECRET).filter(_ -> hasSecret)),
                        nextEnd.map(end -> Duration.between(clock.instant(), end))
                                .map(Polling::atLeastOneSecond))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private static Duration atLeastOneSecond(Duration duration) {
        return duration.compareTo(FAST) < 0 ? FAST : duration;
    }

    /** The same, only by the decision. */
    static Optional<Duration> interval(Decision decision, boolean hasTurn) {
        return switch (decision) {
            case Decision.Grant _, Decision.Retain _, Decision.Revoke _ -> Optional.of(FAST);
            case Decision.Complete _ -> hasTurn ? Optional.of(FAST) : Optional.empty();
            case Decision.Stall _ -> hasTurn ? Optional.of(SLOW) : Optional.empty();
            case Decision.Wait wait ->
                switch (wait.reason()) {
                    case WaitingForReadiness -> Optional.of(FAST);
                    case NodeHeld, Paused, AwaitingApproval, GrowthAboveLimit -> Optional.empty();
                    default -> Optional.of(SLOW);
                };
        };
    }
}
