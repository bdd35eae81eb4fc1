package dev.auditpolicy.replay.total;

/** A number of events and their size, a range as far as bodies are not in the log. Mutable. */
public final class Amount {

    private long events;
    private long minBytes;
    private long maxBytes;

    /** Adds one event. */
    public void add(long newMinBytes, long newMaxBytes) {
        events++;
        minBytes += newMinBytes;
        maxBytes += newMaxBytes;
    }

    /** Adds another amount. */
    public void add(Amount other) {
        events += other.events;
        minBytes += other.minBytes;
        maxBytes += other.maxBytes;
    }

    /** The number of events. */
    public long events() {
        return events;
    }

    /** At least so many bytes. */
    public long minBytes() {
        return minBytes;
    }

    /** At most so many bytes. */
    public long maxBytes() {
        return maxBytes;
    }
}
