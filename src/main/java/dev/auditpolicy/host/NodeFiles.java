package dev.auditpolicy.host;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Files of the node. A port, so that every call can be made to fail in a test. */
public interface NodeFiles {

    /** The file at {@code path}, empty when there is none. Fails for a directory, a link, or text that is not UTF-8. */
    Optional<FileImage> read(String path) throws IOException;

    /** When the content of the file at {@code path} was last written, empty when there is none. */
    Optional<Instant> changedAt(String path) throws IOException;

    /**
     * Replaces the file at {@code path} so that a reader, and a node that loses power at any instant, has the whole old
     * file or the whole new one. The temporary file has a leading dot: kubelet ignores such names in its manifest
     * directory.
     *
     * @param expected what the file is now; when it is something else by then, nothing is written
     * @throws ChangedMeanwhileException when the file is no longer {@code expected}
     */
    void replace(String path, Optional<FileImage> expected, FileImage next) throws IOException;

    /**
     * Removes the file at {@code path} to stay removed.
     *
     * @param expected what the file is now; when it is something else by then, it stays
     * @throws ChangedMeanwhileException when the file is no longer {@code expected}
     */
    void delete(String path, FileImage expected) throws IOException;

    /** The file to replace was changed by somebody else after it was read. */
    final class ChangedMeanwhileException extends IOException {
        private static final long serialVersionUID = 1L;

        public ChangedMeanwhileException(String path) {
            super(path + " was changed by somebody else in the meantime; nothing was written");
        }
    }
}
