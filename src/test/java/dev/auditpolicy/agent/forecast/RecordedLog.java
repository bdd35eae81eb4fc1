package dev.auditpolicy.agent.forecast;

import dev.auditpolicy.event.EventTime;
import dev.auditpolicy.event.read.EventReader;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.log.LogPosition;
import dev.auditpolicy.host.log.LogTail;
import dev.auditpolicy.host.log.LogText;
import dev.auditpolicy.host.log.LogUsage;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.replay.RecordedEvents;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A log with events that a kube-apiserver has recorded. */
final class RecordedLog implements AuditLog {

    static Instant lastEvent() {
        var last = new AtomicLong();
        new EventReader(List.of(event -> last.accumulateAndGet(EventTime.epochSecond(event), Math::max)))
                .read(List.of(new RecordedEvents()));
        return Instant.ofEpochSecond(last.get());
    }

    @Override
    public InputStream last(ApiServerProcess process, String path, long limit) throws IOException {
        return new RecordedEvents().open();
    }

    @Override
    public LogFile file(ApiServerProcess process, String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LogPosition end(ApiServerProcess process, String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LogText read(ApiServerProcess process, String path, LogPosition from, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<LogTail> tail(ApiServerProcess process, String path, LogPosition position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LogUsage usage(ApiServerProcess process, String path) {
        throw new UnsupportedOperationException();
    }
}
