package dev.auditpolicy.agent.turn;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.host.http.AuditedRequests;
import dev.auditpolicy.host.http.CallerIdentity;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.log.EventHead;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.log.LogPosition;
import dev.auditpolicy.host.log.LogTail;
import dev.auditpolicy.host.log.LogText;
import dev.auditpolicy.host.log.LogUsage;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A kube-apiserver that answers at once and records what a test sets; each event takes a kilobyte. */
public final class SimulatedLog implements AuditLog, AuditedRequests {

    public static final int EVENT = 1024;

    private final List<EventHead> events = new ArrayList<>();
    private List<Level> records = List.of();
    private int status = 200;
    private long free = 1L << 40;
    private int requests;
    private int others;
    private int truncations;

    /** Records requests at these levels from now on, RequestReceived first. */
    public void record(Level... levels) {
        records = List.of(levels);
    }

    /** Records this many other events before each request. */
    public void beBusy(int events) {
        others = events;
    }

    public void answer(int with) {
        status = with;
    }

    public void leaveFree(long bytes) {
        free = bytes;
    }

    /** As if another process truncated the log, and kube-apiserver went on at its offset. */
    public void truncate() {
        truncations++;
    }

    public int requests() {
        return requests;
    }

    public void write(Level level, String id, Stage stage) {
        events.add(new EventHead(Optional.of(level), id, stage));
    }

    @Override
    public CallerIdentity callerIdentity() {
        return new CallerIdentity("agent", List.of());
    }

    @Override
    public int get(String address, String path, String auditID) throws IOException {
        requests++;
        if (status == 0) {
            throw new IOException("connection refused");
        }
        for (var other = 0; other < others; other++) {
            write(Level.REQUEST, "other", Stage.RESPONSE_COMPLETE);
        }
        var stages = List.of(Stage.REQUEST_RECEIVED, Stage.RESPONSE_COMPLETE);
        for (var index = 0; index < records.size(); index++) {
            write(records.get(index), auditID, stages.get(index));
        }
        return status;
    }

    @Override
    public LogFile file(ApiServerProcess process, String path) {
        return new LogFile.InPlace();
    }

    @Override
    public LogPosition end(ApiServerProcess process, String path) {
        return new LogPosition(1, 1, (long) events.size() * EVENT);
    }

    @Override
    public LogText read(ApiServerProcess process, String path, LogPosition from, int limit) {
        var first = (int) (from.offset() / EVENT);
        var last = Math.min(events.size(), first + limit / EVENT);
        return new LogText(
                new LogPosition(1, 1, (long) last * EVENT), (long) (last - first) * EVENT, events.subList(first, last));
    }

    @Override
    public Optional<LogTail> tail(ApiServerProcess process, String path, LogPosition position) {
        return Optional.of(new LogTail(Instant.EPOCH, truncations + " " + position.offset()));
    }

    @Override
    public InputStream last(ApiServerProcess process, String path, long limit) {
        return InputStream.nullInputStream();
    }

    @Override
    public LogUsage usage(ApiServerProcess process, String path) {
        return new LogUsage((long) events.size() * EVENT, free, 1L << 41);
    }
}
