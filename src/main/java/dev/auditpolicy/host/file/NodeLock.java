package dev.auditpolicy.host.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A lock between processes of a node. The kernel releases it when the holder exits for any reason. */
public final class NodeLock implements ProcessPresence {

    /** Held by the process that evaluates or changes the node. */
    public static final String CHANGING = "/var/lib/auditpolicy/lock";

    /** Held by the guard while it runs. */
    public static final String GUARD = "/var/lib/auditpolicy/guard.lock";

    /** Anyone who can open the file can hold the lock, also with read access only. */
    private static final Set<PosixFilePermission> OWNER_ONLY = Set.of(OWNER_READ, OWNER_WRITE);

    private final Path path;
    private int holders;
    private @Nullable FileChannel locked;

    public NodeLock(String path) {
        this.path = Path.of(path);
    }

    /** Releases the lock when closed. */
    public interface Held extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Waits until no other process holds the lock, then acquires it. Several threads of this process may hold it. */
    public synchronized Held acquire() throws IOException {
        if (holders == 0) {
            locked = lock();
        }
        holders++;
        return this::release;
    }

    private FileChannel lock() throws IOException {
        var channel = open();
        try {
            channel.lock();
            return channel;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private synchronized void release() throws IOException {
        holders--;
        if (holders == 0 && locked != null) {
            locked.close();
        }
    }

    /** Whether another process holds the lock. The holder must not call this: POSIX would release its lock. */
    @Override
    public boolean isPresent() throws IOException {
        try (var channel = open()) {
            return channel.tryLock() == null;
        }
    }

    private FileChannel open() throws IOException {
        var channel = FileChannel.open(path, Set.of(CREATE, WRITE), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        if (!Files.getPosixFilePermissions(path).equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(path, OWNER_ONLY);
        }
        return channel;
    }
}
