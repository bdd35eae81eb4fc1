package dev.auditpolicy.policy.compiled;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects sets of rows into one array of words. The offset of its first word identifies a set, and equal sets are stored
 * once: the same rows accept many values of a policy, such as the groups of one rule.
 *
 * <p>A set begins with a summary: bit {@code n} of that word is set if word {@code n} of the set, with the rows from
 * {@code 64 * n} on, is not zero. If the summaries of several sets have no common bit, neither have their words.
 */
final class RowMasks {

    /** The maximum number of rows that a one-word summary covers. */
    static final int MAX_ROWS = Long.SIZE * Long.SIZE;

    private final int length;
    private final Map<BitSet, Integer> offsets = new LinkedHashMap<>();

    /** Creates an empty collection for sets of up to {@link #MAX_ROWS} rows. */
    RowMasks(int rows) {
        if (rows > MAX_ROWS) {
            throw new IllegalArgumentException(rows + " rows exceed the maximum of " + MAX_ROWS);
        }
        length = 1 + (rows + Long.SIZE - 1) / Long.SIZE;
    }

    /** The number of words in a set, without the summary. */
    int words() {
        return length - 1;
    }

    /** The offset of a set's summary in the array. */
    int offsetOf(BitSet rows) {
        return offsets.computeIfAbsent((BitSet) rows.clone(), _ -> offsets.size() * length);
    }

    /** All sets in one array. */
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
