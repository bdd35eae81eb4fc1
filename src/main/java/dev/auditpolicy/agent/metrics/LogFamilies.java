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

/** What the agent sees of the audit log, as metrics. */
final class LogFamilies {

    private LogFamilies() {}

    static List<Family> of(LogState log) {
        return List.of(
                gauge(
                        "auditpolicy_log_bytes",
                        "Size of this node's audit log, rotated files included.",
                        known(log, log.bytes())),
                counter(
                        "auditpolicy_log_written_bytes_total",
                        "Bytes that kube-apiserver wrote to it since the agent was started.",
                        log.writtenBytes()),
                byValue(
                        "auditpolicy_log_events_total",
                        Kind.COUNTER,
                        "Events in it since then, by level; an estimate where the log grows faster than it is read.",
                        "level",
                        Level.values(),
                        level -> log.events().getOrDefault(level, 0L)),
                gauge("auditpolicy_log_free_bytes", "Free space of its file system.", known(log, log.freeBytes())),
                gauge(
                        "auditpolicy_log_lost",
                        "1 while what kube-apiserver writes is in no file that anybody finds.",
                        known(log, log.lost() ? 1 : 0)));
    }

    private static Optional<Number> known(LogState log, long value) {
        return Optional.of(log).filter(state -> !state.equals(LogState.UNKNOWN)).map(_ -> value);
    }
}
