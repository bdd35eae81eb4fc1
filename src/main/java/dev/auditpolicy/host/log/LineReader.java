package dev.auditpolicy.host.log;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the heads of lines, with memory for a head and a buffer, however long the lines are. */
final class LineReader {

    private static final int BUFFER = 64 * 1024;

    private final byte[] buffer = new byte[BUFFER];
    private final byte[] head = new byte[EventHead.LENGTH];
    private final List<EventHead> events = new ArrayList<>();
    private int inLine;
    private long at;

    /** The events of the lines that were read. */
    List<EventHead> events() {
        return events;
    }

    /**
     * Reads on, whole lines only.
     *
     * @param limit bytes to read at most
     * @return the offset behind the last whole line; {@code from} if none was read
     */
    long read(Path file, long from, long limit) throws IOException {
        inLine = 0;
        at = from;
        var whole = from;
        try (var channel = FileChannel.open(file, READ)) {
            while (at - from < limit) {
                var room = (int) Math.min(buffer.length, limit - (at - from));
                var count = channel.read(ByteBuffer.wrap(buffer, 0, room), at);
                if (count <= 0) {
                    return whole;
                }
                var ended = take(count);
                whole = ended == 0 ? whole : at + ended;
                at += count;
            }
        }
        return whole;
    }

    /** Takes what was read of a line that did not end within the limit for the whole; returns the offset behind it. */
    long skip() {
        emit();
        return at;
    }

    /** How many of the bytes belong to lines that have ended. */
    private int take(int count) {
        var ended = 0;
        for (var index = 0; index < count; index++) {
            if (buffer[index] == '\n') {
                emit();
                ended = index + 1;
            } else {
                if (inLine < head.length) {
                    head[inLine] = buffer[index];
                }
                inLine++;
            }
        }
        return ended;
    }

    private void emit() {
        EventHead.of(head, inLine).ifPresent(events::add);
        inLine = 0;
    }
}
