package dev.auditpolicy.telemetry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How many Events of a type may be written: a rollout with all its Events at once, and in the long run few. A state that comes and
 * goes without end would else fill etcd, which keeps each for an hour.
 */
final class EventBudget {

    /** As much as client-go's recorder grants one object at once. */
    static final int BURST = 25;

    /** One more after each of these; with the burst at most 85 live in an hour. */
    static final Duration REFILL = Duration.ofMinutes(1);

    private final InstantSource clock;
    private int left = BURST;
    private Instant counted;

    EventBudget(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock is null");
        this.counted = clock.instant();
    }

    /** Whether one more may be written; counts it. */
    synchronized boolean take() {
        refill();
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    private void refill() {
        var earned = Duration.between(counted, clock.instant()).dividedBy(REFILL);
        if (earned > 0) {
            left = (int) Math.min(BURST, left + earned);
            counted = counted.plus(REFILL.multipliedBy(earned));
        }
    }
}
