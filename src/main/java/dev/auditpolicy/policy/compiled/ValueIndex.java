package dev.auditpolicy.policy.compiled;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that accept a value of one attribute: an open-addressing hash table from the values that the rows name to
 * offsets in {@link RowMasks}. Lookups never allocate.
 */
final class ValueIndex {

    /** The length is a power of two, and at least half of the slots are null; empty if no row names a value. */
    private final @Nullable String[] values;

    private final int[] offsets;
    private final int unnamed;

    private ValueIndex(Map<String, Integer> offsetsByValue, int unnamed) {
        int capacity = offsetsByValue.isEmpty() ? 0 : Integer.highestOneBit(offsetsByValue.size()) * 4;
        this.values = new String[capacity];
        this.offsets = new int[capacity];
        this.unnamed = unnamed;
        offsetsByValue.forEach(this::put);
    }

    static ValueIndex of(List<Row> rows, Function<Row, AcceptedValues> attribute, RowMasks masks) {
        var acceptAll = new BitSet();
        var acceptValue = new HashMap<String, BitSet>();
        for (int row = 0; row < rows.size(); row++) {
            AcceptedValues accepted = attribute.apply(rows.get(row));
            acceptAll.set(row, accepted.everything());
            for (String value : accepted.values()) {
                acceptValue.computeIfAbsent(value, _ -> new BitSet()).set(row);
            }
        }
        var offsets = new HashMap<String, Integer>();
        acceptValue.forEach((value, accepting) -> {
            accepting.or(acceptAll);
            offsets.put(value, masks.offsetOf(accepting));
        });
        return new ValueIndex(offsets, masks.offsetOf(acceptAll));
    }

    /** Whether no row names a value. */
    boolean isEmpty() {
        return values.length == 0;
    }

    /** The rows that accept an absent value, or one that no row names. */
    int unnamed() {
        return unnamed;
    }

    /** The rows that accept a value. */
    int find(String value) {
        if (values.length == 0) {
            return unnamed;
        }
        int slot = slot(value.hashCode());
        while (values[slot] != null) {
            if (values[slot].equals(value)) {
                return offsets[slot];
            }
            slot = next(slot);
        }
        return unnamed;
    }

    /** Equals {@code find(parent + "/" + child)} but does not allocate the string. */
    int find(String parent, String child) {
        if (values.length == 0) {
            return unnamed;
        }
        int slot = slot((31 * parent.hashCode() + '/') * powerOf31(child.length()) + child.hashCode());
        while (values[slot] != null) {
            if (isJoined(values[slot], parent, child)) {
                return offsets[slot];
            }
            slot = next(slot);
        }
        return unnamed;
    }

    private static boolean isJoined(String value, String parent, String child) {
        return value.length() == parent.length() + 1 + child.length()
                && value.charAt(parent.length()) == '/'
                && value.startsWith(parent)
                && value.endsWith(child);
    }

    /** The factor by which {@link String#hashCode} multiplies the hash of a prefix before this many characters. */
    private static int powerOf31(int exponent) {
        int result = 1;
        int square = 31;
        for (int rest = exponent; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result *= square;
            }
            square *= square;
        }
        return result;
    }

    private void put(String value, int offset) {
        int slot = slot(value.hashCode());
        while (values[slot] != null) {
            slot = next(slot);
        }
        values[slot] = value;
        offsets[slot] = offset;
    }

    private int slot(int hash) {
        return (hash ^ (hash >>> 16)) & (values.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (values.length - 1);
    }
}
