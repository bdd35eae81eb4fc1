package dev.auditpolicy.webhook.status;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the events of one process of kube-apiserver reach the receiver, as far as two readings of its metrics show.
 *
 * @param counters of the last reading
 * @param at when they were read
 * @param delivered how many events it had surely delivered when its requests last succeeded
 * @param lostBefore how many of these it had dropped
 */
public record SinkHealth(SinkCounters counters, Instant at, Delivery delivery, long delivered, long lostBefore) {

    /** What became of the last requests. */
    public sealed interface Delivery {

        /** No request was seen to end. */
        record Unknown() implements Delivery {}

        record Succeeding() implements Delivery {}

        /**
         * No request has succeeded since without another that failed.
         *
         * @param since the last reading before the first failed request
         * @param requests that failed since, by status code
         */
        record Failing(Instant since, Map<String, Long> requests) implements Delivery {

            public Failing {
                requests = Map.copyOf(requests);
            }
        }
    }

    /** The first reading of a process. Failures and successes together may be from any time. */
    public static SinkHealth first(SinkCounters counters, Instant at) {
        var progress = counters.since(SinkCounters.NONE);
        var delivery = progress.failedAttempts() > 0 && progress.successfulAttempts() > 0
                ? new Delivery.Unknown()
                : after(new Delivery.Unknown(), progress, at);
        var hasDelivered = progress.successfulAttempts() > 0;
        return new SinkHealth(
                counters, at, delivery, hasDelivered ? counters.events() : 0, hasDelivered ? progress.eventsLost() : 0);
    }

    /** A later reading of the same process. */
    public SinkHealth next(SinkCounters now, Instant time) {
        var next = after(delivery, now.since(counters), at);
        // What was made since the last reading may be in a request that follows.
        return next instanceof Delivery.Succeeding
                ? new SinkHealth(now, time, next, counters.events(), now.lostEvents())
                : new SinkHealth(now, time, next, delivered, lostBefore);
    }

    private static Delivery after(Delivery before, SinkProgress progress, Instant since) {
        if (progress.failedAttempts() > 0) {
            var begun = before instanceof Delivery.Failing failing ? failing : new Delivery.Failing(since, Map.of());
            return new Delivery.Failing(begun.since(), sum(begun.requests(), progress.failedByCode()));
        }
        return progress.successfulAttempts() > 0 ? new Delivery.Succeeding() : before;
    }

    private static Map<String, Long> sum(Map<String, Long> before, Map<String, Long> more) {
        var sum = new TreeMap<>(before);
        more.forEach((code, count) -> sum.merge(code, count, Long::sum));
        return sum;
    }

    public boolean isFailing() {
        return delivery instanceof Delivery.Failing;
    }

    /** Events that the process has given up. */
    public long lost() {
        return counters.lostEvents();
    }

    /** Of these, the ones since a request last succeeded. */
    public long lostSinceDelivery() {
        return lost() - lostBefore;
    }

    /** How many requests of the process have succeeded. */
    public long deliveredRequests() {
        return counters.since(SinkCounters.NONE).successfulAttempts();
    }

    /** Up to how many events wait for a request that succeeds: those since the last one, without the lost ones. None if requests succeed. */
    public long unsent() {
        return delivery instanceof Delivery.Succeeding
                ? 0
                : Math.max(0, counters.events() - delivered - lostSinceDelivery());
    }
}
