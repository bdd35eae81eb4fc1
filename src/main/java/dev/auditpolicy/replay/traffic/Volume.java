package dev.auditpolicy.replay.traffic;

/**
 * A number of events and their size, a range as far as bodies are not in the log.
 *
 * @param events how many
 * @param minBytes at least so many bytes
 * @param maxBytes at most so many bytes
 */
public record Volume(long events, long minBytes, long maxBytes) {

    /** No event. */
    public static final Volume NOTHING = new Volume(0, 0, 0);

    /** The sum of both. */
    public Volume plus(Volume other) {
        return new Volume(events + other.events, minBytes + other.minBytes, maxBytes + other.maxBytes);
    }

    /** What is left of this one without the other. */
    public Volume minus(Volume other) {
        return new Volume(events - other.events, minBytes - other.minBytes, maxBytes - other.maxBytes);
    }
}
