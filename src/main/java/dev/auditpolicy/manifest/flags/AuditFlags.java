package dev.auditpolicy.manifest.flags;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Truncate;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts the settings of log and webhook to kube-apiserver's flags, which kubernetes/apiserver {@code pkg/server/options/audit.go} defines.
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
            "audit-log-truncate-max-event-size",
            "audit-webhook-config-file",
            "audit-webhook-mode",
            "audit-webhook-initial-backoff",
            "audit-webhook-batch-buffer-size",
            "audit-webhook-batch-max-size",
            "audit-webhook-batch-max-wait",
            "audit-webhook-batch-throttle-enable",
            "audit-webhook-batch-throttle-qps",
            "audit-webhook-batch-throttle-burst",
            "audit-webhook-truncate-enabled",
            "audit-webhook-truncate-max-batch-size",
            "audit-webhook-truncate-max-event-size");

    /** Those of the policy and of the log. */
    public static final List<String> LOG_NAMES =
            NAMES.stream().filter(name -> !name.startsWith("audit-webhook-")).toList();

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
     * The flags for {@code spec}, by name without leading dashes, in the order of {@link #NAMES}.
     *
     * @throws IllegalArgumentException if {@link BackendsCheck} finds problems; the message describes them
     */
    public static Map<String, String> of(AuditNodeSpec spec) {
        var webhook = spec.webhook();
        return of(
                spec.log(),
                webhook == null ? null : webhook.settings(),
                webhook == null ? "" : webhook.kubeconfigPath());
    }

    /** The flags for {@code log} alone. */
    public static Map<String, String> of(LogBackend log) {
        return of(log, null, "");
    }

    /**
     * The flags for both backends. An unset field keeps kube-apiserver's default, except for the rotation of the log: before
     * Kubernetes 1.36 that default keeps all files forever, so the CRD's defaults apply.
     *
     * @param kubeconfig the path of the webhook's kubeconfig
     * @throws IllegalArgumentException if {@link BackendsCheck} finds problems; the message describes them
     */
    public static Map<String, String> of(
            @Nullable LogBackend log, @Nullable WebhookBackend webhook, String kubeconfig) {
        var problems = BackendsCheck.checkFlags(log, webhook);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(ManifestProblem.summary(problems));
        }
        var result = new AuditFlags();
        result.put("audit-policy-file", POLICY_PATH);
        if (log != null) {
            result.put(log);
        }
        if (webhook != null) {
            result.put(webhook, kubeconfig);
        }
        return Collections.unmodifiableMap(result.flags);
    }

    private void put(LogBackend log) {
        put("audit-log-path", log.path());
        put("audit-log-maxage", log.maxAgeDays() == null ? LogBackend.DEFAULT_MAX_AGE_DAYS : log.maxAgeDays());
        put("audit-log-maxbackup", log.maxBackups() == null ? LogBackend.DEFAULT_MAX_BACKUPS : log.maxBackups());
        put("audit-log-maxsize", log.maxSizeMB() == null ? LogBackend.DEFAULT_MAX_SIZE_MB : log.maxSizeMB());
        put("audit-log-compress", log.compress());
        put("audit-log-format", log.format() == null ? null : log.format().flagValue());
        put("audit-log-version", log.version() == null ? null : log.version().flagValue());
        put("audit-log-mode", log.mode() == null ? null : log.mode().flagValue());
        put("audit-log-", log.batch());
        put("audit-log-", log.truncate());
    }

    private void put(WebhookBackend webhook, String kubeconfig) {
        put("audit-webhook-config-file", kubeconfig);
        put("audit-webhook-mode", webhook.mode() == null ? null : webhook.mode().flagValue());
        put("audit-webhook-initial-backoff", seconds(webhook.initialBackoffSeconds()));
        put("audit-webhook-", webhook.batch());
        put("audit-webhook-", webhook.truncate());
    }

    private void put(String backend, @Nullable Batch batch) {
        if (batch != null) {
            put(backend + "batch-buffer-size", batch.bufferSize());
            put(backend + "batch-max-size", batch.maxSize());
            put(backend + "batch-max-wait", seconds(batch.maxWaitSeconds()));
            put(backend + "batch-throttle-enable", batch.throttleEnable());
            put(
                    backend + "batch-throttle-qps",
                    batch.throttleQPS() == null ? null : batch.throttleQPS().toPlainString());
            put(backend + "batch-throttle-burst", batch.throttleBurst());
        }
    }

    private void put(String backend, @Nullable Truncate truncate) {
        if (truncate != null) {
            put(backend + "truncate-enabled", truncate.enabled());
            put(backend + "truncate-max-batch-size", truncate.maxBatchSizeBytes());
            put(backend + "truncate-max-event-size", truncate.maxEventSizeBytes());
        }
    }

    private static @Nullable String seconds(@Nullable BigDecimal duration) {
        return duration == null ? null : duration.toPlainString() + "s";
    }

    private void put(String name, @Nullable Object value) {
        if (value != null) {
            flags.put(name, value.toString());
        }
    }
}
