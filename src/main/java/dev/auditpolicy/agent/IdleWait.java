package dev.auditpolicy.agent;

import dev.auditpolicy.agent.node.QuickCheck;
import dev.auditpolicy.agent.node.QuickCheck.Observation;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The wait between two iterations of the loop. It ends early when a watch wakes the loop, and when kube-apiserver or its open
 * log changes, which no watch reports.
 */
final class IdleWait {

    static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);

    private final QuickCheck quickCheck;
    private final Duration interval;
    private final Semaphore wake = new Semaphore(0);

    IdleWait(QuickCheck quickCheck, Duration interval) {
        this.quickCheck = quickCheck;
        this.interval = interval;
    }

    /** Ends the current wait, or the next one if there is none. */
    void wake() {
        wake.release();
    }

    /** What {@link #await} compares with. Empty if no kube-apiserver runs or it cannot be observed. */
    Optional<Observation> observe() {
        try {
            return quickCheck.current();
        } catch (IOException | RuntimeException unobservable) {
            return Optional.empty();
        }
    }

    /**
     * Waits.
     *
     * @param before observed at the start of the iteration, so that changes during it are not missed
     */
    void await(Duration timeout, Optional<Observation> before) throws InterruptedException {
        for (var left = timeout; left.isPositive(); left = left.minus(interval)) {
            var part = left.compareTo(interval) < 0 ? left : interval;
            if (wake.tryAcquire(part.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
                return;
            }
            if (before.isPresent() && !isUnchanged(before.get())) {
                return;
            }
        }
    }

    private boolean isUnchanged(Observation before) {
        try {
            return quickCheck.isUnchanged(before);
        } catch (IOException | RuntimeException unobservable) {
            return true;
        }
    }
}
