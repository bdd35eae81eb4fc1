package dev.auditpolicy.host.file;

import java.io.IOException;
import java.util.Set;

/** Watches files of the node. */
public interface FileChanges {

    /**
     * Calls {@code onChange} shortly after one of the files is created, written, replaced or deleted, until closed.
     *
     * @throws IOException if files cannot be watched, for example because the inotify instances are exhausted
     */
    Watch watch(Set<String> files, Runnable onChange) throws IOException;

    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
