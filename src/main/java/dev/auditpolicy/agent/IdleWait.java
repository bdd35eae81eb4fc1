package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.node.QuickCheck;
import dev.auditpolicy.agent.node.QuickCheck.Glance;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The time between two rounds. It ends early when somebody wakes the loop, and when kube-apiserver or the log that it has open
 * is no longer what it was, which no watch tells.
 */
final class IdleWait {

    static final Duration BETWEEN_GLANCES = Duration.ofSeconds(2);

    private final QuickCheck glances;
    private final Duration betweenGlances;
    private final Semaphore wake = new Semaphore(0);

    IdleWait(QuickCheck glances, Duration betweenGlances) {
        this.glances = requireNonNull(glances, "glances is null");
        this.betweenGlances = requireNonNull(betweenGlances, "betweenGlances is null");
    }

    /** Ends the present rest, or else the next one. */
    void wake() {
        wake.release();
    }

    /** What {@link #take} compares with; empty when there is nothing to look at, or no way to. */
    Optional<Glance> glance() {
        try {
            return glances.glance();
        } catch (IOException notNow) {
            return Optional.empty();
        }
    }

    /**
     * Rests.
     *
     * @param before the glance at the beginning of the round, so that what came after it is not missed
     */
    void take(Duration atMost, Optional<Glance> before) throws InterruptedException {
        for (var left = atMost; left.isPositive(); left = left.minus(betweenGlances)) {
            var part = left.compareTo(betweenGlances) < 0 ? left : betweenGlances;
            if (wake.tryAcquire(part.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
                return;
            }
            if (before.isPresent() && !isStill(before.get())) {
                return;
            }
        }
    }

    private boolean isStill(Glance before) {
        try {
            return glances.isStill(before);
        } catch (IOException notNow) {
            return true;
        }
    }
}
