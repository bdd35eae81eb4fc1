package dev.auditpolicy.cli;

import static java.util.Objects.requireNonNullElse;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.manifest.flags.LogSettingsCheck;
import dev.auditpolicy.policy.PolicyProblem;
import java.util.ArrayList;
import java.util.List;

/** What the CRD's rules refuse in settings that have the right shape. */
final class BackendRules {

    private static final String ANY_PATH = "/var/log/kubernetes/audit/audit.log";

    /** kube-apiserver's defaults for the webhook; for the log it has none. */
    private static final int WEBHOOK_QPS = 10;

    private static final int WEBHOOK_BURST = 15;

    private BackendRules() {}

    /** Of the log and the webhook, either of which may be null. */
    static List<PolicyProblem> problems(LogBackend log, WebhookBackend webhook) {
        List<PolicyProblem> problems = new ArrayList<>();
        if (log != null) {
            LogSettingsCheck.check(log).forEach(problem -> problems.add(problem("spec." + problem.field(), problem)));
        }
        if (webhook != null) {
            LogSettingsCheck.check(asLog(webhook))
                    .forEach(problem ->
                            problems.add(problem("spec." + problem.field().replaceFirst("^log", "webhook"), problem)));
            if (webhook.kubeconfigSecret() == null || webhook.kubeconfigSecret().name() == null) {
                problems.add(new PolicyProblem(
                        "spec.webhook.kubeconfigSecret.name",
                        "",
                        "is missing",
                        "name the Secret with the webhook's kubeconfig"));
            }
        }
        return problems;
    }

    /** The rules about batches and sizes are the same, but for the defaults. */
    private static LogBackend asLog(WebhookBackend webhook) {
        return new LogBackend(
                ANY_PATH,
                null,
                null,
                null,
                null,
                null,
                requireNonNullElse(webhook.mode(), Mode.BATCH),
                webhook.batch() == null ? null : withDefaults(webhook.batch()),
                webhook.truncate());
    }

    private static Batch withDefaults(Batch batch) {
        return new Batch(
                batch.bufferSize(),
                batch.maxSize(),
                batch.maxWaitSeconds(),
                batch.throttleEnable(),
                requireNonNullElse(batch.throttleQPS(), WEBHOOK_QPS),
                requireNonNullElse(batch.throttleBurst(), WEBHOOK_BURST));
    }

    private static PolicyProblem problem(String path, dev.auditpolicy.manifest.flags.ManifestProblem problem) {
        return new PolicyProblem(
                path,
                problem.value(),
                problem.value().isEmpty() ? "is refused" : "\"" + problem.value() + "\" is refused",
                problem.message().replace("log.", path.startsWith("spec.webhook") ? "webhook." : "log."));
    }
}
