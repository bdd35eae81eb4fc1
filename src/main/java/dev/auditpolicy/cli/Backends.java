package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import org.jspecify.annotations.Nullable;

/**
 * The {@code spec.log}, {@code spec.webhook} and {@code spec.rollout.drainSeconds} of an AuditPolicy.
 *
 * @param log null if absent, or if there are problems
 * @param webhook null if absent, or if there are problems
 * @param drainSeconds null if not known
 */
record Backends(
        @Nullable LogBackend log,
        @Nullable WebhookBackend webhook,
        @Nullable Integer drainSeconds) {

    /** Those of a policy file, which has no backend settings. */
    static final Backends UNKNOWN = new Backends(null, null, null);
}
