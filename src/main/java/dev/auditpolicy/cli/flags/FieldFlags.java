package dev.auditpolicy.cli.flags;

import dev.auditpolicy.manifest.flags.AuditFlags;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which flags a field of {@code spec.log} or {@code spec.webhook} comes from. */
public final class FieldFlags {

    /** Where {@code import} puts the log if nothing says where it is. */
    public static final String DEFAULT_PATH = "/var/log/kubernetes/audit/audit.log";

    private static final Pattern FIELD = Pattern.compile("spec\\.(log|webhook)\\.(.*)");

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("path", "path"),
            Map.entry("maxAgeDays", "maxage"),
            Map.entry("maxBackups", "maxbackup"),
            Map.entry("maxSizeMB", "maxsize"),
            Map.entry("initialBackoffSeconds", "initial-backoff"),
            Map.entry("batch.bufferSize", "batch-buffer-size"),
            Map.entry("batch.maxSize", "batch-max-size"),
            Map.entry("batch.maxWaitSeconds", "batch-max-wait"),
            Map.entry("batch.throttleQPS", "batch-throttle-qps"),
            Map.entry("batch.throttleBurst", "batch-throttle-burst"),
            Map.entry("truncate.maxBatchSizeBytes", "truncate-max-batch-size"),
            Map.entry("truncate.maxEventSizeBytes", "truncate-max-event-size"));

    private FieldFlags() {}

    /** The names without dashes; several for a field with fields of its own. */
    public static List<String> of(String field) {
        var matcher = FIELD.matcher(field);
        if (!matcher.matches()) {
            return List.of();
        }
        String backend = "audit-" + matcher.group(1) + "-";
        String name = NAMES.get(matcher.group(2));
        return name == null
                ? AuditFlags.NAMES.stream()
                        .filter(flag -> flag.startsWith(backend + matcher.group(2) + "-"))
                        .toList()
                : List.of(backend + name);
    }
}
