package dev.auditpolicy.agent.turn;

import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.log.LogPosition;
import dev.auditpolicy.host.log.LogTail;
import dev.auditpolicy.host.log.LogText;
import dev.auditpolicy.host.log.LogUsage;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The log of a kube-apiserver, in which nobody reads. */
interface SilentLog extends AuditLog {

    boolean serves();

    /** The first event opens the log. */
    @Override
    default LogFile file(ApiServerProcess observed, String path) {
        return serves() ? new LogFile.InPlace() : new LogFile.NotOpen();
    }

    @Override
    default InputStream last(ApiServerProcess observed, String path, long limit) {
        return InputStream.nullInputStream();
    }

    @Override
    default LogPosition end(ApiServerProcess observed, String path) {
        return LogPosition.BEGINNING;
    }

    @Override
    default LogText read(ApiServerProcess observed, String path, LogPosition from, int limit) {
        return new LogText(from, 0, List.of());
    }

    @Override
    default Optional<LogTail> tail(ApiServerProcess observed, String path, LogPosition position) {
        return Optional.empty();
    }

    @Override
    default LogUsage usage(ApiServerProcess observed, String path) {
        return new LogUsage(0, 0, 0);
    }
}
