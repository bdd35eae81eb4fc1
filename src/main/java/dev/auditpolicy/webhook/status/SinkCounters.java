package dev.auditpolicy.webhook.status;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a kube-apiserver has counted since its start.
 *
 * @param attempts POST requests to the receiver by status code, or {@code <error>} where none arrived
 * @param lost events that a part of the backend dropped, by its name: {@code webhook} after the last attempt, {@code buffered}
 *     because its buffer was full, {@code truncate} because they were too large. The last two also count those of a log in mode
 *     batch or with truncation
 * @param events all events, including those that were dropped
 */
public record SinkCounters(Map<String, Long> attempts, Map<String, Long> lost, long events) {

    /** Before the first reading of a kube-apiserver, or at its start. */
    public static final SinkCounters NONE = new SinkCounters(Map.of(), Map.of(), 0);

    public SinkCounters {
        attempts = Map.copyOf(attempts);
        lost = Map.copyOf(lost);
    }

    /** What has happened since an earlier reading. After a restart, which a smaller number shows, that is everything. */
    public SinkProgress since(SinkCounters earlier) {
        var base = startedAfter(earlier) ? NONE : earlier;
        return new SinkProgress(difference(attempts, base.attempts), difference(lost, base.lost), events - base.events);
    }

    /** Events that were dropped. */
    public long lostEvents() {
        return lost.values().stream().mapToLong(Long::longValue).sum();
    }

    private boolean startedAfter(SinkCounters earlier) {
        return events < earlier.events || anySmaller(attempts, earlier.attempts) || anySmaller(lost, earlier.lost);
    }

    private static boolean anySmaller(Map<String, Long> now, Map<String, Long> earlier) {
        return earlier.entrySet().stream().anyMatch(entry -> now.getOrDefault(entry.getKey(), 0L) < entry.getValue());
    }

    private static Map<String, Long> difference(Map<String, Long> now, Map<String, Long> earlier) {
        var difference = new TreeMap<String, Long>();
        now.forEach((name, count) -> difference.put(name, count - earlier.getOrDefault(name, 0L)));
        difference.values().removeIf(count -> count == 0);
        return difference;
    }
}
