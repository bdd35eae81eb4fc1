package dev.auditpolicy.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.manifest.KubeApiServerManifest.Parsed;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Manifests and settings that several tests use. */
public final class Manifests {
    public static final DesiredAuditConfig DESIRED =
            DesiredAuditConfig.of(log("/var/log/kubernetes/audit/audit.log"), "7f3a");

    /** A webhook as the controller compiles it. */
    static final NodeWebhook WEBHOOK =
            new NodeWebhook(WebhookBackend.of("audit-webhook"), "0123456789abcdef", "fedcba9876543210");

    /** With a log and a webhook. */
    static final DesiredAuditConfig WITH_WEBHOOK = withWebhook(log("/var/log/kubernetes/audit/audit.log"));

    /** With a webhook alone. */
    static final DesiredAuditConfig WEBHOOK_ONLY = withWebhook(null);

    private Manifests() {}

    private static DesiredAuditConfig withWebhook(@Nullable LogBackend log) {
        return new DesiredAuditConfig(
                AuditFlags.of(log, WEBHOOK.settings(), WEBHOOK.kubeconfigPath()),
                AuditFlags.POLICY_PATH,
                log == null ? Optional.empty() : DESIRED.logDirectory(),
                Optional.of(WEBHOOK.directory()),
                "7f3b");
    }

    public static LogBackend log(String path) {
        return new LogBackend(path, null, null, null, null, null, null, null, null);
    }

    /** As kubeadm 1.36 writes it. */
    static String kubeadm() {
        return GoldenFolder.text("golden/kubeadm-1.36/in.yaml");
    }

    static String patched(Plan plan) {
        return switch (plan) {
            case Plan.Patched patched -> patched.text();
            case Plan.Unpatchable(List<ManifestProblem> problems) ->
                throw new AssertionError(ManifestProblem.summary(problems));
            case Plan.Unchanged() -> throw new AssertionError("unchanged");
        };
    }

    static KubeApiServerManifest parsed(String text) {
        return switch (KubeApiServerManifest.parse(text)) {
            case Parsed(KubeApiServerManifest manifest) -> manifest;
            case KubeApiServerManifest.UnsupportedManifest(List<ManifestProblem> problems) ->
                throw new AssertionError(ManifestProblem.summary(problems));
        };
    }

    /** Every line of {@code before} is in {@code after}, byte for byte and in order, and {@code added} lines more. */
    static void assertLinesSurvive(String before, String after, int added) {
        var old = List.of(before.split("\n", -1));
        var all = List.of(after.split("\n", -1));
        var found = 0;
        for (var line : all) {
            if (found < old.size() && line.equals(old.get(found))) {
                found++;
            }
        }
        assertThat(old.subList(found, old.size())).as("lost lines").isEmpty();
        assertThat(all).hasSize(old.size() + added);
    }
}
