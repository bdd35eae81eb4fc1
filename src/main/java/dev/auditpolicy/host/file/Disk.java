package dev.auditpolicy.host.file;

import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Primitive operations on the node's file system. An operation is durable only after synchronization. A port, so that tests can
 * fail each operation and discard what was not synchronized.
 */
public interface Disk {

    /** There is something at a path that is no file of ours, and stays until somebody replaces it. */
    final class UnusableFileException extends IOException {
        private static final long serialVersionUID = 1L;

        public UnusableFileException(String message) {
            super(message);
        }

        public UnusableFileException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * The file at {@code path}. Empty if there is none.
     *
     * @throws UnusableFileException for a directory, a link, or text that is not UTF-8
     */
    Optional<FileImage> read(String path) throws IOException;

    /** When the content of the file at {@code path} was last modified. Empty if there is no such file. */
    Optional<Instant> changedAt(String path) throws IOException;

    /**
     * When content, name, owner or mode of the file at {@code path} last changed, which no program can set to another time, as
     * {@code cp -p} does with the time of the content. Empty if there is no such file.
     */
    Optional<Instant> touchedAt(String path) throws IOException;

    /** Creates a file that does not exist. */
    void create(String path, FileImage image) throws IOException;

    /** Returns when the content of the file at {@code path} is durable. */
    void synchronizeFile(String path) throws IOException;

    /** Replaces the file {@code to} with the file {@code from}, atomically. */
    void rename(String from, String to) throws IOException;

    /** Deletes the file at {@code path}, if there is one. */
    void delete(String path) throws IOException;

    /** The names of what is in the directory at {@code path}, sorted. None if there is no such directory. */
    List<String> names(String path) throws IOException;

    /** Creates the directory at {@code path} in an existing one, if it does not exist. */
    void createDirectory(String path) throws IOException;

    /** Deletes the directory at {@code path}, if it exists and is empty. */
    void deleteEmptyDirectory(String path) throws IOException;

    /** Returns when all creations, renames and deletions in the directory at {@code path} are durable. */
    void synchronizeDirectory(String path) throws IOException;
}
