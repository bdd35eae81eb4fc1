package dev.auditpolicy.agent.metrics;

import java.util.EnumMap;
import java.util.Map;

/** Counts of each value of an enum. */
final class EnumCounter<E extends Enum<E>> {

    private final Map<E, Long> counts;

    EnumCounter(Class<E> type) {
        this.counts = new EnumMap<>(type);
    }

    void count(E value) {
        counts.merge(value, 1L, Long::sum);
    }

    long of(E value) {
        return counts.getOrDefault(value, 0L);
    }
}
