package dev.auditpolicy.replay.total;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Totals by the values of attributes. Not for several threads at once: each has its own, and they are merged. */
public final class Breakdown {

    /** The value that stands for those that came when the maximum was there. */
    public static final String OTHERS = "(others)";

    /** Bounds memory: about 20 MB for each attribute. */
    private static final int MAX_VALUES = 50_000;

    private final int maxValues;

    private final Map<Dimension, Map<String, Totals>> totals = new EnumMap<>(Dimension.class);

    /** Complete for almost every log. */
    public Breakdown() {
        this(MAX_VALUES);
    }

    /** @param maxValues of each attribute */
    public Breakdown(int maxValues) {
        this.maxValues = maxValues;
    }

    /** A value of an attribute with its totals. */
    public record Row(String value, Totals totals) {}

    /** The totals of a value, to be added to. */
    public Totals totals(Dimension dimension, String value) {
        Map<String, Totals> values = totals.computeIfAbsent(dimension, _ -> new HashMap<>());
        Totals found = values.get(value);
        if (found == null) {
            String key = values.size() < maxValues ? value : OTHERS;
            found = values.computeIfAbsent(key, _ -> new Totals());
        }
        return found;
    }

    /** Adds all totals of another one. */
    public void add(Breakdown other) {
        other.totals.forEach((dimension, values) ->
                values.forEach((value, more) -> totals(dimension, value).add(more)));
    }

    /** The rows of an attribute, the largest first. */
    public List<Row> rows(Dimension dimension) {
        return totals.getOrDefault(dimension, Map.of()).entrySet().stream()
                .map(entry -> new Row(entry.getKey(), entry.getValue()))
                .filter(row ->
                        row.totals().now().events() > 0 || row.totals().then().events() > 0)
                .sorted(Comparator.comparingLong(Breakdown::size).reversed().thenComparing(Row::value))
                .toList();
    }

    private static long size(Row row) {
        return Math.max(row.totals().now().maxBytes(), row.totals().then().maxBytes());
    }
}
