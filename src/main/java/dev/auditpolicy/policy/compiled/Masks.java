package dev.auditpolicy.policy.compiled;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects sets of rows for one array of words. A set is known by the index of its first word, and equal sets are kept
 * once: many values of a policy, such as the groups of one rule, are accepted by the same rows.
 */
final class Masks {

    private final int words;
    private final Map<BitSet, Integer> offsets = new LinkedHashMap<>();

    /** For sets of so many rows at most. */
    Masks(int rows) {
        words = (rows + Long.SIZE - 1) / Long.SIZE;
    }

    /** How many words a set takes. */
    int words() {
        return words;
    }

    /** Where in the array this set begins. */
    int offsetOf(BitSet rows) {
        return offsets.computeIfAbsent((BitSet) rows.clone(), key -> offsets.size() * words);
    }

    /** All sets, one after another. */
    long[] toArray() {
        long[] all = new long[offsets.size() * words];
        offsets.forEach((rows, offset) -> {
            long[] bits = rows.toLongArray();
            System.arraycopy(bits, 0, all, offset, bits.length);
        });
        return all;
    }
}
