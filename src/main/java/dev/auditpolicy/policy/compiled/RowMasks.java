package dev.auditpolicy.policy.compiled;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects sets of rows for one array of words. A set is known by where it begins, and equal sets are kept once: many
 * values of a policy, such as the groups of one rule, are accepted by the same rows.
 *
 * <p>A set begins with its summary: bit {@code n} of that word says whether word {@code n} of the set, with the rows
 * from {@code 64 * n} on, has any. Where the summaries of several sets have no bit in common, neither have their words.
 */
final class RowMasks {

    /** The most rows that a summary of one word can tell of. */
    static final int MAX_ROWS = Long.SIZE * Long.SIZE;

    private final int length;
    private final Map<BitSet, Integer> offsets = new LinkedHashMap<>();

    /** For sets of so many rows, {@link #MAX_ROWS} at most. */
    RowMasks(int rows) {
        if (rows > MAX_ROWS) {
            throw new IllegalArgumentException(rows + " rows are more than " + MAX_ROWS);
        }
        length = 1 + (rows + Long.SIZE - 1) / Long.SIZE;
    }

    /** How many words a set takes, without the summary. */
    int words() {
        return length - 1;
    }

    /** Where in the array the summary of this set is. */
    int offsetOf(BitSet rows) {
        return offsets.computeIfAbsent((BitSet) rows.clone(), key -> offsets.size() * length);
    }

    /** All sets, one after another. */
    long[] toArray() {
        long[] all = new long[offsets.size() * length];
        offsets.forEach((rows, offset) -> {
            long[] words = rows.toLongArray();
            System.arraycopy(words, 0, all, offset + 1, words.length);
            for (int word = 0; word < words.length; word++) {
                all[offset] |= words[word] == 0 ? 0 : 1L << word;
            }
        });
        return all;
    }
}
