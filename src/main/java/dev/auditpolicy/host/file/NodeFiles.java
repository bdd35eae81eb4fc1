package dev.auditpolicy.host.file;

import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Atomic and durable changes to files of the node. */
public final class NodeFiles {

    private final Disk disk;

    public NodeFiles(Disk disk) {
        this.disk = disk;
    }

    /** The file at {@code path}. Empty if there is none. Fails for a directory, a link, or text that is not UTF-8. */
    public Optional<FileImage> read(String path) throws IOException {
        return disk.read(path);
    }

    /** When the content of the file at {@code path} was last modified. Empty if there is no such file. */
    public Optional<Instant> changedAt(String path) throws IOException {
        return disk.changedAt(path);
    }

    /** When anything about the file at {@code path} last changed. Empty if there is no such file. */
    public Optional<Instant> touchedAt(String path) throws IOException {
        return disk.touchedAt(path);
    }

    /**
     * Replaces the file at {@code path}. Readers see the complete old file or the complete new one, also after a power failure.
     *
     * @param expected the current file
     * @throws ConcurrentChangeException if the file differs from {@code expected}; nothing is written
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

    /** Writes and deletes the temporary file of {@link #replace}. Fails if the disk has no space for {@code next}. */
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

    /** Keeps {@code previous} beside the file at {@code path}, durably, so that {@link #restore} needs no space on the disk. */
    public void prepareRestore(String path, FileImage previous) throws IOException {
        var prepared = prepared(path);
        disk.delete(prepared);
        disk.create(prepared, previous);
        disk.synchronizeFile(prepared);
        disk.synchronizeDirectory(directory(path));
    }

    /**
     * Replaces the file at {@code path} with its {@code previous} content: with the file that {@link #prepareRestore} kept,
     * or with a new one.
     *
     * @throws ConcurrentChangeException if the file differs from {@code expected}; nothing is written
     */
    public void restore(String path, Optional<FileImage> expected, FileImage previous) throws IOException {
        var prepared = prepared(path);
        if (!disk.read(prepared).equals(Optional.of(previous))) {
            replace(path, expected, previous);
            return;
        }
        if (!disk.read(path).equals(expected)) {
            throw new ConcurrentChangeException(path);
        }
        disk.rename(prepared, path);
        disk.synchronizeDirectory(directory(path));
    }

    /** Reserves space for {@code bytes} bytes on the disk of {@code path}, until {@link #releaseSpace}. */
    public void reserveSpace(String path, int bytes) throws IOException {
        prepareRestore(path, FileImage.rootOnly(" ".repeat(bytes)));
    }

    /** Returns whether space was reserved, which is free now. */
    public boolean releaseSpace(String path) throws IOException {
        var wasReserved = disk.changedAt(prepared(path)).isPresent();
        disk.delete(prepared(path));
        return wasReserved;
    }

    /**
     * Deletes the file at {@code path} durably.
     *
     * @param expected the current file
     * @throws ConcurrentChangeException if the file differs from {@code expected}; it is not deleted
     */
    public void delete(String path, FileImage expected) throws IOException {
        if (!disk.read(path).equals(Optional.of(expected))) {
            throw new ConcurrentChangeException(path);
        }
        disk.delete(path);
        disk.synchronizeDirectory(directory(path));
    }

    /** Deletes the files that {@link #prepareRestore} and an interrupted {@link #replace} left beside {@code path}. */
    public void deleteTemporary(String path) throws IOException {
        disk.delete(temporary(path));
        disk.delete(prepared(path));
    }

    /** The names of what is in the directory at {@code path}, sorted. None if there is no such directory. */
    public List<String> names(String path) throws IOException {
        return disk.names(path);
    }

    /** Creates the directory of the file at {@code path} durably, if it does not exist. */
    public void createDirectoryOf(String path) throws IOException {
        var directory = directory(path);
        disk.createDirectory(directory);
        disk.synchronizeDirectory(directory(directory));
    }

    /** Deletes the directory of the file at {@code path} durably, if it is empty. */
    public void deleteEmptyDirectoryOf(String path) throws IOException {
        var directory = directory(path);
        disk.deleteEmptyDirectory(directory);
        disk.synchronizeDirectory(directory(directory));
    }

    private static String directory(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private static String temporary(String path) {
        return hidden(path, ".auditpolicy");
    }

    private static String prepared(String path) {
        return hidden(path, ".auditpolicy-previous");
    }

    /** kubelet ignores names with a leading dot in its manifest directory. */
    private static String hidden(String path, String suffix) {
        return directory(path) + "/." + path.substring(path.lastIndexOf('/') + 1) + suffix;
    }

    /** Another process changed the file after it was read. */
    public static final class ConcurrentChangeException extends IOException {
        private static final long serialVersionUID = 1L;

        public ConcurrentChangeException(String path) {
            super(path + " was changed concurrently by another process; nothing was written");
        }
    }
}
