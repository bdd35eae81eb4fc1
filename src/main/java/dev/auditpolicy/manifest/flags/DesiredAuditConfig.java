package dev.auditpolicy.manifest.flags;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The desired audit settings of a manifest.
 *
 * @param flags kube-apiserver flags by name without leading dashes, all in {@link AuditFlags#NAMES}, in the order in which they
 *     are written
 * @param policyPath the policy file, on the host and in the container
 * @param logDirectory the directory to mount for the log, on the host and in the container
 * @param webhookDirectory the directory to mount for the kubeconfig of the webhook and its files, likewise
 * @param revision the hash of policy and settings; a new one changes the UID of the static pod even if no flag changes
 */
public record DesiredAuditConfig(
        Map<String, String> flags,
        String policyPath,
        Optional<String> logDirectory,
        Optional<String> webhookDirectory,
        String revision) {

    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._/+-]+");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

    /**
     * Checks the values that are written to the manifest.
     *
     * @throws IllegalArgumentException if a flag is not in {@link AuditFlags#NAMES}, or a value is not safe as unquoted YAML
     */
    public DesiredAuditConfig {
        flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
        flags.forEach((name, value) -> {
            if (!AuditFlags.NAMES.contains(name)) {
                throw new IllegalArgumentException("flag --" + name + " is not one of those that the operator sets");
            }
            require(VALUE, "flag --" + name, value);
        });
        require(PATH, "policyPath", policyPath);
        logDirectory.ifPresent(path -> require(PATH, "logDirectory", path));
        webhookDirectory.ifPresent(path -> require(PATH, "webhookDirectory", path));
        require(VALUE, "revision", revision);
    }

    /**
     * The configuration for the backends of {@code spec}.
     *
     * @throws IllegalArgumentException as {@link AuditFlags#of}
     */
    public static DesiredAuditConfig of(AuditNodeSpec spec) {
        return of(spec.log(), spec.webhook(), spec.revision());
    }

    /** The configuration for a log alone. */
    public static DesiredAuditConfig of(LogBackend log, String revision) {
        return of(log, null, revision);
    }

    /**
     * The configuration for these backends.
     *
     * @throws IllegalArgumentException as {@link AuditFlags#of}
     */
    public static DesiredAuditConfig of(@Nullable LogBackend log, @Nullable NodeWebhook webhook, String revision) {
        return new DesiredAuditConfig(
                AuditFlags.of(
                        log,
                        webhook == null ? null : webhook.settings(),
                        webhook == null ? "" : webhook.kubeconfigPath()),
                AuditFlags.POLICY_PATH,
                Optional.ofNullable(log).map(DesiredAuditConfig::directory),
                Optional.ofNullable(webhook).map(NodeWebhook::directory),
                revision);
    }

    private static String directory(LogBackend log) {
        return log.path().substring(0, log.path().lastIndexOf('/'));
    }

    private static void require(Pattern pattern, String field, String value) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(field + "=" + value + ": must match " + pattern);
        }
    }
}
