package dev.auditpolicy.host.file;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Files of the node, changed so that nothing is ever half there and nothing that was done is lost. */
public final class NodeFiles {

    private final Disk disk;

    public NodeFiles(Disk disk) {
        this.disk = requireNonNull(disk, "disk is null");
    }

    /** The file at {@code path}, empty when there is none. Fails for a directory, a link, or text that is not UTF-8. */
    public Optional<FileImage> read(String path) throws IOException {
        return disk.read(path);
    }

    /** When the content of the file at {@code path} was last written, empty when there is none. */
    public Optional<Instant> changedAt(String path) throws IOException {
        return disk.changedAt(path);
    }

    /**
     * Replaces the file at {@code path} so that a reader, and a node that loses power at any instant, has the whole old
     * file or the whole new one. The temporary file has a leading dot: kubelet ignores such names in its manifest
     * directory.
     *
     * @param expected what the file is now; when it is something else by then, nothing is written
     * @throws ConcurrentChangeException when the file is no longer {@code expected}
     */
    public void replace(String path, Optional<FileImage> expected, FileImage next) throws IOException {
        var temporary = temporary(path);
        disk.delete(temporary);
        try {
            disk.create(temporary, next);
            disk.synchronizeFile(temporary);
            if (!disk.read(path).equals(expected)) {
                throw new ConcurrentChangeException(path);
            }
            disk.rename(temporary, path);
        } catch (IOException failure) {
            disk.delete(temporary);
            throw failure;
        }
        disk.synchronizeDirectory(directory(path));
    }

    /** Does all of {@link #replace} that changes nothing: fails where the disk has no room for {@code next}. */
    public void tryWrite(String path, FileImage next) throws IOException {
        var temporary = temporary(path);
        disk.delete(temporary);
        try {
            disk.create(temporary, next);
            disk.synchronizeFile(temporary);
        } finally {
            disk.delete(temporary);
        }
    }

    /**
     * Removes the file at {@code path} to stay removed.
     *
     * @param expected what the file is now; when it is something else by then, it stays
     * @throws ConcurrentChangeException when the file is no longer {@code expected}
     */
    public void delete(String path, FileImage expected) throws IOException {
        if (!disk.read(path).equals(Optional.of(expected))) {
            throw new ConcurrentChangeException(path);
        }
        disk.delete(path);
        disk.synchronizeDirectory(directory(path));
    }

    /** Removes what a {@link #replace} of the file at {@code path} has left that was cut off. */
    public void deleteTemporary(String path) throws IOException {
        disk.delete(temporary(path));
    }

    private static String directory(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private static String temporary(String path) {
        return directory(path) + "/." + path.substring(path.lastIndexOf('/') + 1) + ".auditpolicy";
    }

    /** The file to replace was changed by somebody else after it was read. */
    public static final class ConcurrentChangeException extends IOException {
        private static final long serialVersionUID = 1L;

        public ConcurrentChangeException(String path) {
            super(path + " was changed by somebody else in the meantime; nothing was written");
        }
    }
}
