package dev.auditpolicy.host;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Held by the one process that may change this node. The kernel frees it when its holder ends, however it ends. */
public final class NodeLock implements AutoCloseable {

    /** Where it lies on every node. */
    public static final String PATH = "/var/lib/auditpolicy/lock";

    private final FileChannel channel;

    private NodeLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits until no other process holds the lock at {@code path}. */
    public static NodeLock acquire(String path) throws IOException {
        var channel = FileChannel.open(Path.of(path), CREATE, WRITE);
        channel.lock();
        return new NodeLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
