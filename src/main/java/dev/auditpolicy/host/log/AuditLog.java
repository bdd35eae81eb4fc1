package dev.auditpolicy.host.log;

import dev.auditpolicy.host.process.ApiServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The audit log of a live kube-apiserver, as that process sees it. A port, so that tests can simulate a node. */
public interface AuditLog {

    /**
     * The file to which {@code process} writes its log.
     *
     * @param path of the log, as in the flags of the process
     */
    LogFile file(ApiServerProcess process, String path) throws IOException;

    /** The current end of the log. */
    LogPosition end(ApiServerProcess process, String path) throws IOException;

    /**
     * Reads complete lines from {@code from}, across rotations: first the rest of the rotated file, then the next files. If the
     * rotated file was removed or compressed, continues at the beginning of the current file.
     *
     * @param limit maximum number of bytes to read
     */
    LogText read(ApiServerProcess process, String path, LogPosition from, int limit) throws IOException;

    /** The end of the log before {@code position}. Empty if the file of the position was removed or compressed. */
    Optional<LogTail> tail(ApiServerProcess process, String path, LogPosition position) throws IOException;

    /**
     * The last events of the log, across rotations. It may begin within a line.
     *
     * @param limit maximum number of bytes
     */
    InputStream last(ApiServerProcess process, String path, long limit) throws IOException;

    /** Disk usage of the log. */
    LogUsage usage(ApiServerProcess process, String path) throws IOException;
}
