package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import org.jspecify.annotations.Nullable;

/**
 * The {@code spec.log} and {@code spec.webhook} of an AuditPolicy.
 *
 * @param log null if absent, or if there are problems
 * @param webhook null if absent, or if there are problems
 */
record Backends(@Nullable LogBackend log, @Nullable WebhookBackend webhook) {

    /** Those of a policy file, which has no backend settings. */
    static final Backends UNKNOWN = new Backends(null, null);
}
