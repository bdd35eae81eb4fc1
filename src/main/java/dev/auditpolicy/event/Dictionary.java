package dev.auditpolicy.event;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was made of a range of bytes, for ranges that recur: a cache with one place for each hash, so its size is
 * bounded and a value can be made again. A hit does not allocate. Not for several threads at once.
 *
 * @param <T> what is made
 */
public final class Dictionary<T> {

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** Longer keys are not remembered, because they would use much memory and do not recur. */
    private static final int MAX_KEY = 2048;

    private final @Nullable Entry<T>[] entries;
    private final int shift;

    private record Entry<T>(long hash, byte[] key, T value) {}

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
        int place = (int) (hash >>> shift);
        Entry<T> entry = entries[place];
        if (entry != null
                && entry.hash == hash
                && entry.key.length == length
                && Arrays.equals(entry.key, 0, firstLength, bytes, from, to)
                && Arrays.equals(entry.key, firstLength, length, bytes, secondFrom, secondTo)) {
            return entry.value;
        }
        byte[] key = new byte[length];
        System.arraycopy(bytes, from, key, 0, firstLength);
        System.arraycopy(bytes, secondFrom, key, firstLength, secondTo - secondFrom);
        T value = make.get();
        entries[place] = new Entry<>(hash, key, value);
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
