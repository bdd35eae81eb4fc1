package dev.auditpolicy.agent.metrics;

import static dev.auditpolicy.telemetry.Family.byValue;
import static dev.auditpolicy.telemetry.Family.counter;
import static dev.auditpolicy.telemetry.Family.gauge;

import dev.auditpolicy.agent.log.LogState;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.telemetry.Family;
import dev.auditpolicy.telemetry.Family.Kind;
import java.util.List;
import java.util.Optional;

/** The metrics of the audit log. */
final class LogFamilies {

    private LogFamilies() {}

    static List<Family> of(LogState log) {
        return List.of(
                gauge(
                        "auditpolicy_log_bytes",
                        "Size of the audit log in bytes, including rotated files.",
                        known(log, log.bytes())),
                counter(
                        "auditpolicy_log_written_bytes_total",
                        "Bytes that kube-apiserver has written to the audit log since the agent started.",
                        log.writtenBytes()),
                byValue(
                        "auditpolicy_log_events_total",
                        Kind.COUNTER,
                        "Audit events written since the agent started, by level. An estimate if the log grows faster than it is read.",
                        "level",
                        Level.values(),
                        level -> log.events().getOrDefault(level, 0L)),
                gauge(
                        "auditpolicy_log_free_bytes",
                        "Free bytes on the file system of the audit log.",
                        known(log, log.freeBytes())),
                counter(
                        "auditpolicy_log_truncations_total",
                        "How often another process truncated or overwrote the audit log since the agent started. The events in it are lost.",
                        log.truncations()),
                gauge(
                        "auditpolicy_log_lost",
                        "1 while kube-apiserver writes events that do not reach the audit log on disk, otherwise 0.",
                        known(log, log.lost() ? 1 : 0)));
    }

    private static Optional<Number> known(LogState log, long value) {
        return Optional.of(log).filter(state -> !state.equals(LogState.UNKNOWN)).map(_ -> value);
    }
}
