package dev.auditpolicy.policy.compiled;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which rows accept a value of one attribute: an open-addressing hash table from the values that the rows name to the
 * offsets of {@link RowMasks}. Like all that requests meet, it never allocates.
 */
final class ValueIndex {

    /** Its length is a power of two, at least half of it is null; empty if no row names a value. */
    private final String[] values;

    private final int[] offsets;
    private final int otherwise;

    private ValueIndex(Map<String, Integer> offsetsByValue, int otherwise) {
        int capacity = offsetsByValue.isEmpty() ? 0 : Integer.highestOneBit(offsetsByValue.size()) * 4;
        this.values = new String[capacity];
        this.offsets = new int[capacity];
        this.otherwise = otherwise;
        offsetsByValue.forEach(this::put);
    }

    static ValueIndex of(List<Row> rows, Function<Row, AcceptedValues> attribute, RowMasks masks) {
        BitSet acceptAll = new BitSet();
        Map<String, BitSet> acceptValue = new HashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            AcceptedValues accepted = attribute.apply(rows.get(row));
            acceptAll.set(row, accepted.everything());
            for (String value : accepted.values()) {
                acceptValue.computeIfAbsent(value, key -> new BitSet()).set(row);
            }
        }
        Map<String, Integer> offsets = new HashMap<>();
        acceptValue.forEach((value, accepting) -> {
            accepting.or(acceptAll);
            offsets.put(value, masks.offsetOf(accepting));
        });
        return new ValueIndex(offsets, masks.offsetOf(acceptAll));
    }

    /** Whether no row names a value, so that all values are alike. */
    boolean isEmpty() {
        return values.length == 0;
    }

    /** The rows that accept a value that none of them names, or the absence of one. */
    int otherwise() {
        return otherwise;
    }

    /** The rows that accept this value. */
    int find(String value) {
        if (values.length == 0) {
            return otherwise;
        }
        int slot = slot(value.hashCode());
        while (values[slot] != null) {
            if (values[slot].equals(value)) {
                return offsets[slot];
            }
            slot = next(slot);
        }
        return otherwise;
    }

    /** The same as {@code find(parent + "/" + child)}, without making that string. */
    int find(String parent, String child) {
        if (values.length == 0) {
            return otherwise;
        }
        int slot = slot((31 * parent.hashCode() + '/') * powerOf31(child.length()) + child.hashCode());
        while (values[slot] != null) {
            if (isJoined(values[slot], parent, child)) {
                return offsets[slot];
            }
            slot = next(slot);
        }
        return otherwise;
    }

    private static boolean isJoined(String value, String parent, String child) {
        return value.length() == parent.length() + 1 + child.length()
                && value.charAt(parent.length()) == '/'
                && value.startsWith(parent)
                && value.endsWith(child);
    }

    /** How much further along {@link String#hashCode} moves what stands before so many characters. */
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
