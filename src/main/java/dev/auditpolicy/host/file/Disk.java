package dev.auditpolicy.host.file;

import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Single operations on the node's file system, none of them durable before it is synchronized. A port, so that a test
 * can fail each, and lose what was not synchronized.
 */
public interface Disk {

    /** The file at {@code path}, empty when there is none. Fails for a directory, a link, or text that is not UTF-8. */
    Optional<FileImage> read(String path) throws IOException;

    /** When the content of the file at {@code path} was last written, empty when there is none. */
    Optional<Instant> changedAt(String path) throws IOException;

    /** Creates a file that does not exist. */
    void create(String path, FileImage image) throws IOException;

    /** Returns when the content of the file at {@code path} is on the disk. */
    void synchronizeFile(String path) throws IOException;

    /** Puts the file {@code from} in the place of {@code to}, at once. */
    void rename(String from, String to) throws IOException;

    /** Removes the file at {@code path} if there is one. */
    void delete(String path) throws IOException;

    /** Returns when what was created, renamed or deleted in the directory at {@code path} is on the disk. */
    void synchronizeDirectory(String path) throws IOException;
}
