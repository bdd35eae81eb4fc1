package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.cli.apiserver.ApiServerPod;
import dev.auditpolicy.cli.flags.WebhookFlags;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.PolicyProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Converts the audit flags of a kube-apiserver to {@code spec.log} and {@code spec.webhook}. */
final class ManifestBackends {

    private final ApiServerPod pod;
    private final ManifestNotes notes;
    private final boolean lenient;
    private final Map<String, String> flags = new TreeMap<>();

    ManifestBackends(ApiServerPod pod, ManifestNotes notes, boolean lenient) {
        this.pod = pod;
        this.notes = notes;
        this.lenient = lenient;
        pod.flags().forEach((name, flag) -> flags.put(name, flag.value()));
    }

    /**
     * The backends that kube-apiserver has. A log if it has none, because without one it records nothing.
     *
     * @param version empty if it is unknown
     * @param logPath the path to use instead of that of the manifest; null for that
     * @return empty if a flag cannot be converted and it is not lenient
     */
    Optional<Backends> read(Optional<KubernetesVersion> version, @Nullable String logPath) {
        boolean hasWebhook = WebhookFlags.isWebhook(flags);
        boolean hasLog =
                logPath != null || !flags.getOrDefault("audit-log-path", "").isEmpty();
        // Also without a log: it reports the flags that no backend has.
        Optional<LogBackend> log = new ManifestLog(pod, notes, lenient).read(version, logPath);
        Optional<WebhookBackend> webhook =
                hasWebhook ? new ManifestWebhook(notes, lenient, flags).read() : Optional.empty();
        if (!hasWebhook) {
            noteUnused(WebhookFlags.namesIn(flags), WebhookFlags.CONFIG_FILE);
        } else if (!hasLog) {
            noteUnused(
                    flags.keySet().stream()
                            .filter(name -> name.startsWith("audit-log-"))
                            .toList(),
                    "audit-log-path");
        }
        return log.isEmpty() || (hasWebhook && webhook.isEmpty())
                ? Optional.empty()
                : Optional.of(new Backends(hasWebhook && !hasLog ? null : log.get(), webhook.orElse(null), null));
    }

    private void noteUnused(List<String> names, String needed) {
        names.stream()
                .filter(name -> !name.equals(needed))
                .forEach(name -> notes.report(
                        "note",
                        new PolicyProblem(
                                "--" + name, "", "has no effect without --" + needed + ", and is left out", "")));
    }
}
