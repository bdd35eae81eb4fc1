package dev.auditpolicy.policy.write;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Truncate;
import dev.auditpolicy.policy.Names;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the desired policy and the settings of the backends by a hash of their meaning.
 *
 * <p>The hash is the first 8 of SHA-256's 32 bytes as 16 hexadecimal digits: short enough for a printer column, and long
 * enough that the few revisions of a cluster do not collide. It covers a canonical form, not the text of
 * {@link PolicyWriter}: a release that formats differently must not cause a restart. Absent and empty lists, an absent
 * group and {@code ""}, and an absent and a false {@code omitManagedFields} of the policy hash alike. The order of rules
 * is significant, and so is the order of a list's values, although that has no effect.
 */
public final class Revision {

    private static final int BYTES = 8;

    private final CanonicalHash hash = new CanonicalHash();

    private Revision() {}

    /**
     * The revision of a policy and the log backend's settings.
     *
     * @param log null if there is no log backend
     */
    public static String of(Policy policy, @Nullable LogBackend log) {
        return of(policy, log, null);
    }

    /**
     * The revision of a policy and the settings of both backends.
     *
     * @param log null if there is no log backend
     * @param webhook null if there is no webhook backend
     */
    public static String of(Policy policy, @Nullable LogBackend log, @Nullable NodeWebhook webhook) {
        var revision = new Revision();
        revision.policy(policy);
        if (log != null) {
            revision.log(log);
        }
        if (webhook != null) {
            revision.webhook(webhook);
        }
        return HexFormat.of().formatHex(revision.hash.digest(), 0, BYTES);
    }

    private void policy(Policy policy) {
        hash.list(
                "policy.omitStages", policy.omitStages().stream().map(Names::of).toList());
        hash.value("policy.omitManagedFields", Boolean.TRUE.equals(policy.omitManagedFields()) ? true : null);
        policy.rules().forEach(this::rule);
    }

    private void rule(PolicyRule rule) {
        hash.value("rule.level", Names.of(rule.level()));
        hash.list("rule.users", rule.users());
        hash.list("rule.userGroups", rule.userGroups());
        hash.list("rule.verbs", rule.verbs());
        rule.resources().forEach(this::resources);
        hash.list("rule.namespaces", rule.namespaces());
        hash.list("rule.nonResourceURLs", rule.nonResourceURLs());
        hash.list("rule.omitStages", rule.omitStages().stream().map(Names::of).toList());
        hash.value("rule.omitManagedFields", rule.omitManagedFields());
    }

    private void resources(GroupResources resources) {
        hash.value("resources.group", resources.group() == null ? "" : resources.group());
        hash.list("resources.resources", resources.resources());
        hash.list("resources.resourceNames", resources.resourceNames());
    }

    private void log(LogBackend log) {
        hash.value("log.path", log.path());
        hash.value("log.maxAgeDays", log.maxAgeDays());
        hash.value("log.maxBackups", log.maxBackups());
        hash.value("log.maxSizeMB", log.maxSizeMB());
        hash.value("log.compress", log.compress());
        hash.value("log.format", log.format() == null ? null : log.format().flagValue());
        hash.value("log.mode", log.mode() == null ? null : log.mode().flagValue());
        hash.value("log.version", log.version() == null ? null : log.version().flagValue());
        batch("log", log.batch());
        truncate("log", log.truncate());
    }

    /** The files that kube-apiserver rereads by itself are no part of it. */
    private void webhook(NodeWebhook webhook) {
        var settings = webhook.settings();
        hash.value("webhook.kubeconfig", webhook.kubeconfig());
        hash.value(
                "webhook.mode", settings.mode() == null ? null : settings.mode().flagValue());
        hash.value("webhook.initialBackoffSeconds", settings.initialBackoffSeconds());
        batch("webhook", settings.batch());
        truncate("webhook", settings.truncate());
    }

    private void batch(String backend, @Nullable Batch batch) {
        if (batch != null) {
            hash.value(backend + ".batch.bufferSize", batch.bufferSize());
            hash.value(backend + ".batch.maxSize", batch.maxSize());
            hash.value(backend + ".batch.maxWaitSeconds", batch.maxWaitSeconds());
            hash.value(backend + ".batch.throttleEnable", batch.throttleEnable());
            hash.value(backend + ".batch.throttleQPS", batch.throttleQPS());
            hash.value(backend + ".batch.throttleBurst", batch.throttleBurst());
        }
    }

    private void truncate(String backend, @Nullable Truncate truncate) {
        if (truncate != null) {
            hash.value(backend + ".truncate.enabled", truncate.enabled());
            hash.value(backend + ".truncate.maxBatchSizeBytes", truncate.maxBatchSizeBytes());
            hash.value(backend + ".truncate.maxEventSizeBytes", truncate.maxEventSizeBytes());
        }
    }
}
