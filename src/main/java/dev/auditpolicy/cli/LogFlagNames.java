package dev.auditpolicy.cli;

import dev.auditpolicy.manifest.flags.AuditFlags;
import java.util.List;
import java.util.Map;

/** Which flags a field of {@code spec.log} comes from. */
final class LogFlagNames {

    /** Where {@code import} puts the log if nothing says where it is. */
    static final String DEFAULT_PATH = "/var/log/kubernetes/audit/audit.log";

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("spec.log.path", "audit-log-path"),
            Map.entry("spec.log.maxAgeDays", "audit-log-maxage"),
            Map.entry("spec.log.maxBackups", "audit-log-maxbackup"),
            Map.entry("spec.log.maxSizeMB", "audit-log-maxsize"),
            Map.entry("spec.log.batch.bufferSize", "audit-log-batch-buffer-size"),
            Map.entry("spec.log.batch.maxSize", "audit-log-batch-max-size"),
            Map.entry("spec.log.batch.maxWaitSeconds", "audit-log-batch-max-wait"),
            Map.entry("spec.log.batch.throttleQPS", "audit-log-batch-throttle-qps"),
            Map.entry("spec.log.batch.throttleBurst", "audit-log-batch-throttle-burst"),
            Map.entry("spec.log.truncate.maxBatchSizeBytes", "audit-log-truncate-max-batch-size"),
            Map.entry("spec.log.truncate.maxEventSizeBytes", "audit-log-truncate-max-event-size"));

    private LogFlagNames() {}

    /** The names without dashes; several for a field with fields of its own. */
    static List<String> of(String field) {
        String name = NAMES.get(field);
        return name == null
                ? AuditFlags.NAMES.stream()
                        .filter(flag -> flag.startsWith(field.replaceFirst("^spec\\.log\\.", "audit-log-") + "-"))
                        .toList()
                : List.of(name);
    }
}
