package dev.auditpolicy.webhook.kubeconfig;

import dev.auditpolicy.webhook.entry.KubeconfigProblem;
import dev.auditpolicy.webhook.sink.WebhookKubeconfig;
import java.util.List;

/** The result of reading the Secret of the webhook backend. */
public sealed interface KubeconfigReading {

    /** What works, and probably not as it was meant. */
    List<KubeconfigProblem> warnings();

    /** kube-apiserver would start with it, and send events. */
    record Usable(WebhookKubeconfig kubeconfig, List<KubeconfigProblem> warnings) implements KubeconfigReading {
        public Usable {
            warnings = List.copyOf(warnings);
        }
    }

    /** kube-apiserver would not start with it, or would lose all events. */
    record Unusable(List<KubeconfigProblem> problems, List<KubeconfigProblem> warnings) implements KubeconfigReading {
        public Unusable {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }
}
