package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.NodeObserver.Glance;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The time between two rounds. It ends early when somebody wakes the loop, and when kube-apiserver or the log that it has open
 * is no longer what it was, which no watch tells.
 */
final class Rest {

    /** A look at every process of the node takes some 5 ms. */
    static final Duration BETWEEN_GLANCES = Duration.ofSeconds(2);

    private final Observation observation;
    private final Duration betweenGlances;
    private final Semaphore wake = new Semaphore(0);

    /** How the node is now. */
    @FunctionalInterface
    interface Observation {
        Glance glance() throws IOException;
    }

    Rest(Observation observation, Duration betweenGlances) {
        this.observation = requireNonNull(observation, "observation is null");
        this.betweenGlances = requireNonNull(betweenGlances, "betweenGlances is null");
    }

    /** Ends the present rest, or else the next one. */
    void wake() {
        wake.release();
    }

    /** What {@link #take} compares with; empty when it cannot be told. */
    Optional<Glance> glance() {
        try {
            return Optional.of(observation.glance());
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
            if (!glance().equals(before)) {
                return;
            }
        }
    }
}
