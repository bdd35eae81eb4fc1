package dev.auditpolicy.agent.log;

import dev.auditpolicy.api.v1alpha1.Level;
import java.util.Map;

/**
 * The state of the audit log for metrics, as of the last update.
 *
 * @param bytes size, including rotated files ({@code auditpolicy_log_bytes})
 * @param writtenBytes bytes written since the agent started ({@code auditpolicy_log_written_bytes_total})
 * @param events written since the agent started, by level ({@code auditpolicy_log_events_total}); an estimate if the log grows
 *     faster than it is read, and empty for the legacy format, which has no levels
 * @param freeBytes of the file system ({@code auditpolicy_log_free_bytes})
 * @param truncations how often another process truncated or overwrote it since the agent started ({@code
 *     auditpolicy_log_truncations_total})
 * @param lost whether events do not reach the audit log on disk ({@code auditpolicy_log_lost})
 */
public record LogState(
        long bytes, long writtenBytes, Map<Level, Long> events, long freeBytes, long truncations, boolean lost) {

    /** Before the first update. */
    public static final LogState UNKNOWN = new LogState(0, 0, Map.of(), 0, 0, false);

    public LogState {
        events = Map.copyOf(events);
    }
}
