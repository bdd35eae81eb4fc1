package dev.auditpolicy.event.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cuts the bytes of one log into blocks of whole lines. */
final class BlockReader {

    private final InputStream input;
    private final int log;
    private int number;
    private byte[] rest = new byte[0];
    private int restLength;
    private boolean ended;
    private @Nullable IOException failure;

    BlockReader(InputStream input, int log) {
        this.input = input;
        this.log = log;
    }

    /**
     * Fills a block.
     *
     * @return whether there was anything left
     */
    boolean read(Block block) {
        block.shrink();
        block.setStartsTooLong(false);
        while (block.capacity() < restLength) {
            block.grow(0);
        }
        System.arraycopy(rest, 0, block.bytes(), 0, restLength);
        int length = restLength;
        restLength = 0;
        int searched = 0;
        while (true) {
            while (!ended && length < block.capacity()) {
                int count = readSome(block, length);
                ended = count < 0;
                length += Math.max(0, count);
            }
            if (ended) {
                return finish(block, length);
            }
            int lastLineFeed = lastLineFeed(block.bytes(), searched, length);
            if (lastLineFeed >= 0) {
                keep(block.bytes(), lastLineFeed + 1, length);
                block.set(log, number++, lastLineFeed + 1);
                return true;
            }
            if (block.isLargest()) {
                length = skipLine(block);
                block.setStartsTooLong(true);
                searched = 0;
            } else {
                searched = length;
                block.grow(length);
            }
        }
    }

    /** As at the end, if the log cannot be read on; the caller asks for {@link #failure}. */
    private int readSome(Block block, int from) {
        try {
            return input.read(block.bytes(), from, block.capacity() - from);
        } catch (IOException e) {
            failure = e;
            return -1;
        }
    }

    /** Why the log ended too early. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    private boolean finish(Block block, int length) {
        int end = length;
        if (end > 0 && block.bytes()[end - 1] != '\n') {
            block.bytes()[end++] = '\n';
        }
        block.set(log, number++, end);
        return end > 0;
    }

    /** Replaces a line that is too long by an empty one. */
    private int skipLine(Block block) {
        byte[] bytes = block.bytes();
        while (true) {
            int count = readSome(block, 0);
            if (count < 0) {
                ended = true;
                bytes[0] = '\n';
                return 1;
            }
            for (int at = 0; at < count; at++) {
                if (bytes[at] == '\n') {
                    System.arraycopy(bytes, at, bytes, 0, count - at);
                    return count - at;
                }
            }
        }
    }

    private void keep(byte[] bytes, int from, int to) {
        restLength = to - from;
        if (rest.length < restLength) {
            rest = new byte[restLength];
        }
        System.arraycopy(bytes, from, rest, 0, restLength);
    }

    private static int lastLineFeed(byte[] bytes, int from, int to) {
        int at = to - 1;
        while (at >= from && bytes[at] != '\n') {
            at--;
        }
        return at < from ? -1 : at;
    }
}
