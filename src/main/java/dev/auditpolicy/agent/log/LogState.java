package dev.auditpolicy.agent.log;

import dev.auditpolicy.api.v1alpha1.Level;
import java.util.Map;

/**
 * The audit log of this node as the agent saw it last; for metrics.
 *
 * @param bytes size, rotated files included ({@code auditpolicy_log_bytes})
 * @param writtenBytes what it has grown by since the agent was started ({@code auditpolicy_log_written_bytes_total})
 * @param events written since then, by level ({@code auditpolicy_log_events_total}); an estimate for a log that grows faster
 *     than it is read, and nothing in the legacy format, which tells no levels
 * @param freeBytes of its file system ({@code auditpolicy_log_free_bytes})
 * @param lost whether what kube-apiserver writes is in no file that anybody finds ({@code auditpolicy_log_lost})
 */
public record LogState(long bytes, long writtenBytes, Map<Level, Long> events, long freeBytes, boolean lost) {

    /** Before the first look. */
    public static final LogState UNKNOWN = new LogState(0, 0, Map.of(), 0, false);

    public LogState {
        events = Map.copyOf(events);
    }
}
