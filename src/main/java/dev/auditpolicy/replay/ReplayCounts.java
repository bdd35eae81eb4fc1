package dev.auditpolicy.replay;

import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.event.AuditEvent;
import dev.auditpolicy.event.EventTime;

/** What is counted of all events. Mutable. */
final class ReplayCounts {

    private long events;
    private long changed;
    private long estimated;
    private long received;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    void add(AuditEvent event, boolean isChanged, boolean isEstimated) {
        events++;
        changed += isChanged ? 1 : 0;
        estimated += isEstimated ? 1 : 0;
        received += event.stage() == Stage.REQUEST_RECEIVED ? 1 : 0;
        long time = EventTime.epochSecond(event);
        if (time != EventTime.NONE) {
            first = Math.min(first, time);
            last = Math.max(last, time);
        }
    }

    void add(ReplayCounts other) {
        events += other.events;
        changed += other.changed;
        estimated += other.estimated;
        received += other.received;
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
    }

    long events() {
        return events;
    }

    long changed() {
        return changed;
    }

    /** Of how many events a body is not in the log. */
    long estimated() {
        return estimated;
    }

    /** The number of events of the stage RequestReceived. */
    long received() {
        return received;
    }

    /** The seconds from the first event to the last one. */
    long seconds() {
        return last < first ? 0 : last - first;
    }

    /** Of the last event, in seconds since 1970; {@link EventTime#NONE} without events. */
    long last() {
        return last;
    }
}
