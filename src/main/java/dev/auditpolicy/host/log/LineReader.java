package dev.auditpolicy.host.log;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the heads of lines in constant memory, however long the lines are. */
public final class LineReader {

    private static final int BUFFER = 64 * 1024;

    private final byte[] buffer = new byte[BUFFER];
    private final byte[] head = new byte[EventHead.LENGTH];
    private final List<EventHead> events = new ArrayList<>();
    private int lineLength;
    private long offset;

    /** The events of all lines read so far. */
    public List<EventHead> events() {
        return events;
    }

    /**
     * Reads complete lines.
     *
     * @param limit maximum number of bytes to read
     * @return the offset after the last complete line, or {@code from} if there is none
     */
    public long read(Path file, long from, long limit) throws IOException {
        lineLength = 0;
        offset = from;
        var complete = from;
        try (var channel = FileChannel.open(file, READ)) {
            while (offset - from < limit) {
                var room = (int) Math.min(buffer.length, limit - (offset - from));
                var count = channel.read(ByteBuffer.wrap(buffer, 0, room), offset);
                if (count <= 0) {
                    return complete;
                }
                var ended = scan(count);
                complete = ended == 0 ? complete : offset + ended;
                offset += count;
            }
        }
        return complete;
    }

    /** Treats an incomplete line that exceeds the limit as complete. Returns the offset after it. */
    public long skip() {
        emit();
        return offset;
    }

    /** Returns the number of bytes in complete lines. */
    private int scan(int count) {
        var ended = 0;
        for (var index = 0; index < count; index++) {
            if (buffer[index] == '\n') {
                emit();
                ended = index + 1;
            } else {
                if (lineLength < head.length) {
                    head[lineLength] = buffer[index];
                }
                lineLength++;
            }
        }
        return ended;
    }

    private void emit() {
        EventHead.of(head, lineLength).ifPresent(events::add);
        lineLength = 0;
    }
}
