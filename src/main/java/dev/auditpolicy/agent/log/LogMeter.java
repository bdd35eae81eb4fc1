package dev.auditpolicy.agent.log;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.log.LogPosition;
import dev.auditpolicy.host.log.LogTail;
import dev.auditpolicy.host.log.LogText;
import dev.auditpolicy.host.log.LogUsage;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Measures the audit log by what was appended since the last update. Each update reads at most 1 MB and extrapolates, to keep
 * the load on the node low.
 */
public final class LogMeter implements Supplier<LogState> {

    private static final int MAX_READ_BYTES = 1024 * 1024;

    private final AuditLog log;
    private final Map<Level, Double> events = new EnumMap<>(Level.class);
    private LogPosition last = LogPosition.BEGINNING;
    private LogUsage usage = new LogUsage(0, 0, 0);
    private String path = "";
    private Optional<LogTail> tail = Optional.empty();
    private long written;
    private long truncations;
    private boolean lost;
    private boolean canaryMissing;
    private volatile LogState state = LogState.UNKNOWN;

    public LogMeter(AuditLog log) {
        this.log = log;
    }

    @Override
    public LogState get() {
        return state;
    }

    /** Disk usage of the log as of the last update. */
    public LogUsage usage() {
        return usage;
    }

    /** Must be called in each iteration of the agent's loop. */
    public void update(ApiServerProcess process, String currentPath, LogFile file) throws IOException {
        detectTruncation(process, currentPath);
        var end = log.end(process, currentPath);
        last = currentPath.equals(path) ? measure(process, last, end) : end;
        path = currentPath;
        tail = log.tail(process, path, last);
        usage = log.usage(process, path);
        lost = file instanceof LogFile.Lost || file instanceof LogFile.NotWritable;
        setState();
    }

    /** Whether the log lacks the last canary. */
    public void canaryMissing(boolean isMissing) {
        canaryMissing = isMissing;
        setState();
    }

    private void setState() {
        state = new LogState(usage.bytes(), written, rounded(), usage.freeBytes(), truncations, lost || canaryMissing);
    }

    private void detectTruncation(ApiServerProcess process, String currentPath) throws IOException {
        if (tail.isPresent() && currentPath.equals(path)) {
            var now = log.tail(process, path, last);
            if (now.filter(tail.get()::wasDestroyedBefore).isPresent()) {
                truncations++;
            }
        }
    }

    /** Returns the position from which the next update counts. */
    private LogPosition measure(ApiServerProcess process, LogPosition from, LogPosition end) throws IOException {
        if (from.equals(end)) {
            return end;
        }
        var text = log.read(process, path, from, MAX_READ_BYTES);
        var unread = text.next().isSameFileAs(end) ? end.offset() - text.next().offset() : 0;
        if (text.bytes() + unread <= MAX_READ_BYTES) {
            count(text, text.bytes());
            return text.next();
        }
        count(text, text.bytes() + unread);
        return end;
    }

    private void count(LogText text, long bytes) {
        written += bytes;
        var scale = (double) bytes / Math.max(1, text.bytes());
        text.events().stream()
                .flatMap(event -> event.level().stream())
                .forEach(level -> events.merge(level, scale, Double::sum));
    }

    private Map<Level, Long> rounded() {
        var rounded = new EnumMap<Level, Long>(Level.class);
        events.forEach((level, count) -> rounded.put(level, Math.round(count)));
        return rounded;
    }
}
