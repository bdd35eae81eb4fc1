package dev.auditpolicy.agent.status;

import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.LogStatus;
import dev.auditpolicy.telemetry.EventRecorder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What happened to the audit log of a node, as an Event reports it once. */
record LogChange(EventRecorder.Type type, String reason, String note) {

    /** How long the message of the node repeats it. */
    private static final Duration IN_MESSAGE = Duration.ofHours(1);

    static List<LogChange> between(Optional<AuditNodeStatus> before, AuditNodeStatus now) {
        var log = Optional.ofNullable(now.log());
        var known = before.map(AuditNodeStatus::log);
        var changes = new ArrayList<LogChange>();
        log.map(LogStatus::truncatedAt)
                .filter(time -> !time.equals(known.map(LogStatus::truncatedAt).orElse(null)))
                .ifPresent(time -> changes.add(
                        new LogChange(EventRecorder.Type.Warning, "AuditLogTruncated", truncated(log.get(), time))));
        log.map(LogStatus::previousPath)
                .filter(path -> known.map(LogStatus::path).filter(path::equals).isPresent())
                .ifPresent(path -> changes.add(
                        new LogChange(EventRecorder.Type.Normal, "PreviousAuditLogRemains", remains(path))));
        return List.copyOf(changes);
    }

    /** For the message of the node: a truncation within the last hour. */
    static Optional<String> recent(LogStatus log, Instant now) {
        return Optional.ofNullable(log.truncatedAt())
                // One from the future, by a clock that was wrong, would stay.
                .filter(time -> !time.isAfter(now) && time.plus(IN_MESSAGE).isAfter(now))
                .map(time -> truncated(log, time));
    }

    private static String truncated(LogStatus log, Instant time) {
        return "the audit log " + Objects.requireNonNullElse(log.path(), "")
                + " was truncated or overwritten by another"
                + " process (noticed at " + time
                + "), so events that were in it are lost: find out by whom. A log rotation"
                + " of the host must leave it alone, since kube-apiserver rotates it";
    }

    private static String remains(String path) {
        return "kube-apiserver writes to another file now. " + path
                + " and its rotated files are still there, and nobody"
                + " removes them: delete them once they are no longer needed";
    }
}
