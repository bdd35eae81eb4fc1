package dev.auditpolicy.host.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A lock between processes of one node. The kernel frees it when its holder ends, however it ends. */
public final class NodeLock implements ProcessPresence {

    /** Held by the one process that is changing the node, or looking whether to. */
    public static final String CHANGING = "/var/lib/auditpolicy/lock";

    /** Held by the guard as long as it lives. */
    public static final String GUARD = "/var/lib/auditpolicy/guard.lock";

    private final Path path;

    public NodeLock(String path) {
        this.path = Path.of(requireNonNull(path, "path is null"));
    }

    /** Ends the holding. */
    public interface Held extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Waits until no other process holds the lock. */
    public Held acquire() throws IOException {
        var channel = open();
        channel.lock();
        return channel::close;
    }

    /** Whether another process holds it. Not to be asked by the holder: POSIX would free its own lock. */
    @Override
    public boolean isPresent() throws IOException {
        try (var channel = open()) {
            return channel.tryLock() == null;
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(path, CREATE, WRITE);
    }
}
