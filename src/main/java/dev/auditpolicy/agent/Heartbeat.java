package dev.auditpolicy.agent;

import dev.auditpolicy.agent.node.Sleeper;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the agent's loop makes progress. It counts checks instead of reading a clock: a clock adjustment or a
 * suspended machine must not terminate a working agent.
 */
public final class Heartbeat {

    private final AtomicLong beats = new AtomicLong();
    private volatile boolean isIdle = true;
    private long lastSeen = -1;
    private volatile int missedChecks;

    /** Records progress of the loop. */
    void beat() {
        isIdle = false;
        beats.incrementAndGet();
    }

    /** Records that the loop waits for work or for the node's lock. It counts as healthy until its next beat. */
    void idle() {
        isIdle = true;
    }

    /** Beats before each sleep: a turn is one long iteration with many sleeps. */
    Sleeper beatingBefore(Sleeper sleeper) {
        return duration -> {
            beat();
            sleeper.sleep(duration);
        };
    }

    /** Must be called by one thread at a fixed interval. */
    void check() {
        var now = beats.get();
        missedChecks = isIdle || now != lastSeen ? 0 : missedChecks + 1;
        lastSeen = now;
    }

    /** The number of consecutive checks without progress. */
    public int missedChecks() {
        return missedChecks;
    }
}
