package dev.auditpolicy.host.log;

import dev.auditpolicy.host.process.ApiServerProcess;
import java.io.IOException;

/** The audit log of a live kube-apiserver, as that process sees it. A port, so that a simulated node can have one. */
public interface AuditLog {

    /**
     * What {@code process} writes its log to.
     *
     * @param path of the log, as its command line names it
     */
    LogFile file(ApiServerProcess process, String path) throws IOException;

    /** Where the log ends now. */
    LogPosition end(ApiServerProcess process, String path) throws IOException;

    /**
     * Reads whole lines from {@code from} on, over rotations: the rest of the file that has been rotated since, then the next.
     * Where that file is gone, removed or compressed, it goes on with the beginning of the present one.
     *
     * @param limit bytes to read at most
     */
    LogText read(ApiServerProcess process, String path, LogPosition from, int limit) throws IOException;

    /** What the log takes up, and what is left for it. */
    LogUsage usage(ApiServerProcess process, String path) throws IOException;
}
