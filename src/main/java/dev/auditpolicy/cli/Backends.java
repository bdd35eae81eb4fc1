package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.policy.PolicyProblem;
import java.util.List;

/**
 * The {@code spec.log} and {@code spec.webhook} of an AuditPolicy.
 *
 * @param log null if there is none, or if it has problems
 * @param webhook the same
 * @param problems why the API server would refuse them
 */
record Backends(LogBackend log, WebhookBackend webhook, List<PolicyProblem> problems) {

    /** Those of a text that has no settings of backends. */
    static final Backends UNKNOWN = new Backends(null, null, List.of());

    Backends {
        problems = List.copyOf(problems);
    }
}
