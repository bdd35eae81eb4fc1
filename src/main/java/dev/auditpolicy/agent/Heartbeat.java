package dev.auditpolicy.agent;

import dev.auditpolicy.agent.node.Sleeper;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the agent's loop still gets on. It counts, and asks no clock: one that somebody sets, or a machine that was
 * suspended, must not end an agent that works.
 */
public final class Heartbeat {

    private final AtomicLong beats = new AtomicLong();
    private volatile boolean isResting = true;
    private long seen = -1;
    private volatile int silentLooks;

    /** The loop gets on. */
    void beat() {
        isResting = false;
        beats.incrementAndGet();
    }

    /** The loop waits, for work or for the node's lock: however long that takes, it is well until its next beat. */
    void rest() {
        isResting = true;
    }

    /** {@code pause}, which shows that the loop gets on: a turn is one long round with many of them. */
    Sleeper during(Sleeper pause) {
        return duration -> {
            beat();
            pause.sleep(duration);
        };
    }

    /** To be called by one thread at a fixed pace. */
    void look() {
        var now = beats.get();
        silentLooks = isResting || now != seen ? 0 : silentLooks + 1;
        seen = now;
    }

    /** How many looks in a row have seen nothing move. */
    public int silentLooks() {
        return silentLooks;
    }
}
