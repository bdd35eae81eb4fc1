package dev.auditpolicy.manifest.flags;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Truncate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts log settings to kube-apiserver's flags, which kubernetes/apiserver {@code pkg/server/options/audit.go} defines.
 * The names are the same in Kubernetes 1.20 to 1.36.
 */
public final class AuditFlags {

    /** The path of the policy file, on the host and in the container. */
    public static final String POLICY_PATH = "/etc/kubernetes/audit-policy.yaml";

    /** All flags that the operator may set, in the order in which it writes them. */
    public static final List<String> NAMES = List.of(
            "audit-policy-file",
            "audit-log-path",
            "audit-log-maxage",
            "audit-log-maxbackup",
            "audit-log-maxsize",
            "audit-log-compress",
            "audit-log-format",
            "audit-log-version",
            "audit-log-mode",
            "audit-log-batch-buffer-size",
            "audit-log-batch-max-size",
            "audit-log-batch-max-wait",
            "audit-log-batch-throttle-enable",
            "audit-log-batch-throttle-qps",
            "audit-log-batch-throttle-burst",
            "audit-log-truncate-enabled",
            "audit-log-truncate-max-batch-size",
            "audit-log-truncate-max-event-size");

    /** The audit flags of type bool. Without a value they mean true; the next argument is never their value. */
    static final Set<String> BOOLEAN = Set.of(
            "audit-log-compress",
            "audit-log-batch-throttle-enable",
            "audit-log-truncate-enabled",
            "audit-webhook-batch-throttle-enable",
            "audit-webhook-truncate-enabled");

    private final Map<String, String> flags = new LinkedHashMap<>();

    private AuditFlags() {}

    /**
     * The flags for {@code log}, by name without leading dashes, in the order of {@link #NAMES}. An unset field keeps
     * kube-apiserver's default, except for rotation: before Kubernetes 1.36 that default keeps all files forever, so the
     * CRD's defaults apply.
     *
     * @throws IllegalArgumentException if {@link LogSettingsCheck#checkFlags} finds problems; the message describes them
     */
    public static Map<String, String> of(LogBackend log) {
        var problems = LogSettingsCheck.checkFlags(log);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(ManifestProblem.summary(problems));
        }
        var result = new AuditFlags();
        result.put("audit-policy-file", POLICY_PATH);
        result.put("audit-log-path", log.path());
        result.put("audit-log-maxage", log.maxAgeDays() == null ? LogBackend.DEFAULT_MAX_AGE_DAYS : log.maxAgeDays());
        result.put("audit-log-maxbackup", log.maxBackups() == null ? LogBackend.DEFAULT_MAX_BACKUPS : log.maxBackups());
        result.put("audit-log-maxsize", log.maxSizeMB() == null ? LogBackend.DEFAULT_MAX_SIZE_MB : log.maxSizeMB());
        result.put("audit-log-compress", log.compress());
        result.put(
                "audit-log-format", log.format() == null ? null : log.format().flagValue());
        result.put(
                "audit-log-version",
                log.version() == null ? null : log.version().flagValue());
        result.put("audit-log-mode", log.mode() == null ? null : log.mode().flagValue());
        result.put(log.batch());
        result.put(log.truncate());
        return Collections.unmodifiableMap(result.flags);
    }

    private void put(@Nullable Batch batch) {
        if (batch != null) {
            put("audit-log-batch-buffer-size", batch.bufferSize());
            put("audit-log-batch-max-size", batch.maxSize());
            put(
                    "audit-log-batch-max-wait",
                    batch.maxWaitSeconds() == null
                            ? null
                            : batch.maxWaitSeconds().toPlainString() + "s");
            put("audit-log-batch-throttle-enable", batch.throttleEnable());
            put(
                    "audit-log-batch-throttle-qps",
                    batch.throttleQPS() == null ? null : batch.throttleQPS().toPlainString());
            put("audit-log-batch-throttle-burst", batch.throttleBurst());
        }
    }

    private void put(@Nullable Truncate truncate) {
        if (truncate != null) {
            put("audit-log-truncate-enabled", truncate.enabled());
            put("audit-log-truncate-max-batch-size", truncate.maxBatchSizeBytes());
            put("audit-log-truncate-max-event-size", truncate.maxEventSizeBytes());
        }
    }

    private void put(String name, @Nullable Object value) {
        if (value != null) {
            flags.put(name, value.toString());
        }
    }
}
