package dev.auditpolicy.agent;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.host.ApiServerProcess;
import dev.auditpolicy.host.AuditLog;
import dev.auditpolicy.host.AuditedRequests;
import dev.auditpolicy.host.EventHead;
import dev.auditpolicy.host.LogFile;
import dev.auditpolicy.host.LogPosition;
import dev.auditpolicy.host.LogText;
import dev.auditpolicy.host.LogUsage;
import dev.auditpolicy.host.Requester;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A kube-apiserver that answers at once and records what it is told to record; every event takes a kilobyte. */
final class SimulatedLog implements AuditLog, AuditedRequests {

    static final int EVENT = 1024;

    private final List<EventHead> events = new ArrayList<>();
    private List<Level> records = List.of();
    private int status = 200;
    private long free = 1L << 40;
    private int requests;
    private int others;

    /** From now on it records requests so, RequestReceived first. */
    void record(Level... levels) {
        records = List.of(levels);
    }

    /** It records so many other events before each request. */
    void beBusy(int events) {
        others = events;
    }

    void answer(int with) {
        status = with;
    }

    void leaveFree(long bytes) {
        free = bytes;
    }

    int requests() {
        return requests;
    }

    void write(Level level, String id, Stage stage) {
        events.add(new EventHead(Optional.of(level), id, stage));
    }

    @Override
    public Requester requester() {
        return new Requester("agent", List.of());
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
    public LogUsage usage(ApiServerProcess process, String path) {
        return new LogUsage((long) events.size() * EVENT, free, 1L << 41);
    }
}
