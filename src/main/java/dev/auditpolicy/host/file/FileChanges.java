package dev.auditpolicy.host.file;

import java.io.IOException;
import java.util.Set;

/** Tells of changes to files of the node when they happen. */
public interface FileChanges {

    /**
     * Calls {@code onChange} soon after one of the files was written, replaced, removed or made, until closed.
     *
     * @throws IOException when the node cannot tell, such as for want of inotify instances
     */
    Watch watch(Set<String> files, Runnable onChange) throws IOException;

    /** Ends it. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
