package dev.auditpolicy.manifest.flags;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the settings of both backends. kube-apiserver records nothing without one. */
public final class BackendsCheck {

    private BackendsCheck() {}

    /** The problems of {@code spec}; empty if it is valid. */
    public static List<ManifestProblem> check(AuditNodeSpec spec) {
        var webhook = spec.webhook();
        return check(spec.log(), webhook == null ? null : webhook.settings());
    }

    /** The problems of both; empty if they are valid. */
    public static List<ManifestProblem> check(@Nullable LogBackend log, @Nullable WebhookBackend webhook) {
        return all(log == null ? List.of() : LogSettingsCheck.check(log), log, webhook);
    }

    /** The problems with which nothing may run, as {@link LogSettingsCheck#checkFlags} defines them. */
    static List<ManifestProblem> checkFlags(@Nullable LogBackend log, @Nullable WebhookBackend webhook) {
        return all(log == null ? List.of() : LogSettingsCheck.checkFlags(log), log, webhook);
    }

    private static List<ManifestProblem> all(
            List<ManifestProblem> ofLog, @Nullable LogBackend log, @Nullable WebhookBackend webhook) {
        if (log == null && webhook == null) {
            return List.of(new ManifestProblem(
                    "log", "", "is missing, and kube-apiserver records nothing without a backend: set log or webhook"));
        }
        var ofWebhook = webhook == null ? List.<ManifestProblem>of() : WebhookSettingsCheck.check(webhook);
        return Stream.concat(ofLog.stream(), ofWebhook.stream()).toList();
    }
}
