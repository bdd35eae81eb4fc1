package dev.auditpolicy.replay.total;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up events by time. Not for several threads at once: each has its own, and they are merged. */
public final class Histogram {

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** Lengths of rows that read well. */
    private static final List<Long> LENGTHS = List.of(
            MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, DAY, 7 * DAY, 30 * DAY, 365 * DAY, 3650 * DAY);

    private final Map<Long, Amount> minutes = new HashMap<>();
    private long latestMinute;
    private @Nullable Amount latest;

    /** The events from a time on, until the next row. */
    public record Row(long from, Amount amount) {}

    /** Adds an event; one without a time is left out. */
    public void add(long second, int bytes) {
        if (second == Long.MIN_VALUE) {
            return;
        }
        long minute = Math.floorDiv(second, MINUTE);
        Amount amount = latest;
        if (amount == null || minute != latestMinute) {
            amount = minutes.computeIfAbsent(minute, _ -> new Amount());
            latest = amount;
            latestMinute = minute;
        }
        amount.add(bytes, bytes);
    }

    /** Adds all events of another one. */
    public void add(Histogram other) {
        other.minutes.forEach((minute, amount) ->
                minutes.computeIfAbsent(minute, _ -> new Amount()).add(amount));
    }

    /** The length of the rows, in seconds, of which there are at most so many. */
    public long length(int maxRows) {
        if (minutes.isEmpty()) {
            return MINUTE;
        }
        var sorted = new TreeMap<>(minutes);
        long first = sorted.firstKey() * MINUTE;
        long last = sorted.lastKey() * MINUTE;
        return LENGTHS.stream()
                .filter(length -> Math.floorDiv(last, length) - Math.floorDiv(first, length) < maxRows)
                .findFirst()
                .orElse(LENGTHS.getLast());
    }

    /** At most so many rows of the same length, in the order of time, also those without events. */
    public List<Row> rows(int maxRows) {
        if (minutes.isEmpty()) {
            return List.of();
        }
        long length = length(maxRows);
        var sums = new TreeMap<Long, Amount>();
        minutes.forEach(
                (minute, amount) -> sums.computeIfAbsent(Math.floorDiv(minute * MINUTE, length), _ -> new Amount())
                        .add(amount));
        var rows = new ArrayList<Row>();
        for (long index = sums.firstKey(); index <= sums.lastKey(); index++) {
            rows.add(new Row(index * length, sums.getOrDefault(index, new Amount())));
        }
        return List.copyOf(rows);
    }
}
