package dev.auditpolicy.cli;

import static java.util.Objects.requireNonNullElse;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.manifest.flags.LogSettingsCheck;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.policy.PolicyProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks settings of the right types against the validation rules of the CRD. */
final class BackendRules {

    private static final String VALID_PATH = "/var/log/kubernetes/audit/audit.log";

    /** kube-apiserver's defaults for the webhook. It has none for the log. */
    private static final int WEBHOOK_QPS = 10;

    private static final int WEBHOOK_BURST = 15;

    private BackendRules() {}

    static List<PolicyProblem> problems(@Nullable LogBackend log, @Nullable WebhookBackend webhook) {
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
                        "Required value",
                        "set the name of the Secret that contains the kubeconfig of the webhook"));
            }
        }
        return problems;
    }

    /** The rules for batches and sizes are those of the log; only the defaults differ. */
    private static LogBackend asLog(WebhookBackend webhook) {
        return new LogBackend(
                VALID_PATH,
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

    private static PolicyProblem problem(String path, ManifestProblem problem) {
        return new PolicyProblem(
                path,
                problem.value(),
                problem.value().isEmpty() ? "Invalid value" : "Invalid value: \"" + problem.value() + "\"",
                problem.message().replace("log.", path.startsWith("spec.webhook") ? "webhook." : "log."));
    }
}
