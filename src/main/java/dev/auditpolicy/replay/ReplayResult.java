package dev.auditpolicy.replay;

import dev.auditpolicy.replay.total.Amount;
import dev.auditpolicy.replay.total.Breakdown;
import dev.auditpolicy.replay.total.Dimension;
import dev.auditpolicy.replay.total.Totals;

/**
 * What a policy would record of the events of a log.
 *
 * @param events in the log
 * @param changed how many of them are recorded differently
 * @param estimated of how many a body would be recorded that the log does not have
 * @param seconds from the first event to the last one
 * @param lastSecond when the last one was, in seconds since 1970
 * @param all the totals of all events
 * @param breakdown the totals by attributes; by verb and resource, only those of the stage ResponseComplete
 * @param added events of the stage RequestReceived that would be recorded, while the log has none of this stage
 */
public record ReplayResult(
        long events,
        long changed,
        long estimated,
        long seconds,
        long lastSecond,
        Totals all,
        Breakdown breakdown,
        Amount added) {

    /** The number of requests in the log with a verb for a resource. */
    public long requests(String verb, String resource) {
        return breakdown
                .totals(Dimension.REQUEST, RequestLabel.of(verb, resource))
                .now()
                .events();
    }
}
