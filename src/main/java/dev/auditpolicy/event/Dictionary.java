package dev.auditpolicy.event;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was made of a range of bytes, for ranges that recur: a cache of bounded size, so a value can be made again.
 * A hit does not allocate. Not for several threads at once.
 *
 * @param <T> what is made
 */
public final class Dictionary<T> {

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** So many ranges with similar hashes are remembered; those that recur most move to the front. */
    private static final int WAYS = 4;

    /** Longer keys are not remembered, because they would use much memory and do not recur. */
    private static final int MAX_KEY = 2048;

    private final @Nullable Entry<T>[] entries;
    private final int shift;

    /** The key has both ranges; the second begins at {@code split}. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by the only reader; a list of bytes would be too large.
    private record Entry<T>(long hash, byte[] key, int split, T value) {}

    /** A cache with two to the power of {@code bits} places. */
    @SuppressWarnings("unchecked")
    public Dictionary(int bits) {
        entries = (Entry<T>[]) new Entry<?>[1 << bits];
        shift = Long.SIZE - bits;
    }

    /** The value for the bytes of two ranges of a block, made if it is not remembered. */
    public T get(byte[] bytes, int from, int to, int secondFrom, int secondTo, Supplier<T> make) {
        int firstLength = to - from;
        int length = firstLength + secondTo - secondFrom;
        if (length > MAX_KEY) {
            return make.get();
        }
        long hash = hash(bytes, secondFrom, secondTo, hash(bytes, from, to, firstLength));
        int first = (int) (hash >>> shift) & -WAYS;
        for (int place = first; place < first + WAYS; place++) {
            Entry<T> entry = entries[place];
            if (entry != null
                    && entry.hash == hash
                    && entry.split == firstLength
                    && entry.key.length == length
                    && Arrays.equals(entry.key, 0, firstLength, bytes, from, to)
                    && Arrays.equals(entry.key, firstLength, length, bytes, secondFrom, secondTo)) {
                if (place > first) {
                    entries[place] = entries[place - 1];
                    entries[place - 1] = entry;
                }
                return entry.value;
            }
        }
        byte[] key = new byte[length];
        System.arraycopy(bytes, from, key, 0, firstLength);
        System.arraycopy(bytes, secondFrom, key, firstLength, secondTo - secondFrom);
        T value = make.get();
        entries[first + WAYS - 1] = new Entry<>(hash, key, firstLength, value);
        return value;
    }

    private static long hash(byte[] bytes, int from, int to, long seed) {
        long hash = seed;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ JsonScanner.word(bytes, at)) * MULTIPLIER;
            hash ^= hash >>> 29;
        }
        if (at < to) {
            long mask = -1L >>> (Long.SIZE - Byte.SIZE * (to - at));
            hash = (hash ^ (JsonScanner.word(bytes, at) & mask)) * MULTIPLIER;
            hash ^= hash >>> 29;
        }
        return hash * MULTIPLIER;
    }
}
