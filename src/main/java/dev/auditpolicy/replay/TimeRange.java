package dev.auditpolicy.replay;

import dev.auditpolicy.event.EventTime;

/**
 * A range of time, in seconds since 1970.
 *
 * @param from the first second
 * @param to the second after the last one
 */
public record TimeRange(long from, long to) {

    /** Every time, and also that of events without one. */
    public static final TimeRange ALL = new TimeRange(EventTime.NONE, Long.MAX_VALUE);

    /** Whether a time is in the range. */
    public boolean contains(long second) {
        return second >= from && second < to;
    }
}
