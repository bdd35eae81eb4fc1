package dev.auditpolicy.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Limits the number of Events: a burst that is large enough for a rollout, and then a low rate. Otherwise a flapping state would
 * fill etcd, which stores each Event for an hour.
 */
final class EventBudget {

    /** The burst per object in the recorder of client-go. */
    static final int BURST = 25;

    /** Time for one more Event. Together with the burst, at most 85 Events exist at a time. */
    static final Duration REFILL = Duration.ofMinutes(1);

    private final InstantSource clock;
    private int available = BURST;
    private Instant refilledAt;

    EventBudget(InstantSource clock) {
        this.clock = clock;
        this.refilledAt = clock.instant();
    }

    /** Takes one Event from the budget. Returns false if the budget is exhausted. */
    synchronized boolean tryTake() {
        refill();
        if (available == 0) {
            return false;
        }
        available--;
        return true;
    }

    private void refill() {
        var now = clock.instant();
        if (now.isBefore(refilledAt)) { // the clock was set back
            refilledAt = now;
        }
        var earned = Duration.between(refilledAt, now).dividedBy(REFILL);
        if (earned > 0) {
            available = (int) Math.min(BURST, available + earned);
            refilledAt = refilledAt.plus(REFILL.multipliedBy(earned));
        }
    }
}
