package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.policy.PolicyProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code spec.log} and {@code spec.webhook} of an AuditPolicy.
 *
 * @param log null if absent, or if there are problems
 * @param webhook null if absent, or if there are problems
 * @param problems why the API server would reject them
 */
record Backends(@Nullable LogBackend log, @Nullable WebhookBackend webhook, List<PolicyProblem> problems) {

    /** Those of a policy file, which has no backend settings. */
    static final Backends UNKNOWN = new Backends(null, null, List.of());

    Backends {
        problems = List.copyOf(problems);
    }
}
