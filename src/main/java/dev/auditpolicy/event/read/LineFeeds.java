package dev.auditpolicy.event.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line feeds eight bytes at a time. */
final class LineFeeds {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long LINE_FEEDS = ONES * '\n';

    private LineFeeds() {}

    /** The offset of the next line feed, of which there must be one. */
    static int next(byte[] bytes, int from) {
        int at = from;
        while (true) {
            long first = found((long) WORDS.get(bytes, at));
            if (first != 0) {
                return at + (Long.numberOfTrailingZeros(first) >>> 3);
            }
            at += Long.BYTES;
        }
    }

    private static long found(long word) {
        long zeros = word ^ LINE_FEEDS;
        return (zeros - ONES) & ~zeros & (ONES << 7);
    }
}
