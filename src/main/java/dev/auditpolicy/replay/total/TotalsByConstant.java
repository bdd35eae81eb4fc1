package dev.auditpolicy.replay.total;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Totals for each constant of an enumeration, found without a search.
 *
 * @param <E> the enumeration
 */
public final class TotalsByConstant<E extends Enum<E>> {

    private final Map<E, Totals> totals;

    /** Those that a function has for each constant. */
    public TotalsByConstant(Class<E> type, Function<E, Totals> totalsOf) {
        totals = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            totals.put(constant, totalsOf.apply(constant));
        }
    }

    /** The totals of a constant. */
    public Totals of(E constant) {
        return Objects.requireNonNull(totals.get(constant));
    }
}
