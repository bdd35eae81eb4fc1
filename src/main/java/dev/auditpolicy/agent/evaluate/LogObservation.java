package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.api.v1alpha1.Canary;
import dev.auditpolicy.api.v1alpha1.LogStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the audit log shows, or for a spec without one, the requests to the webhook.
 *
 * @param canary the request that the log contains, or rightly omits; with a webhook, the one after which events were delivered
 * @param at when the log showed it
 * @param log its size and growth; null without one
 * @param shortage why its file system may become too small
 */
public record LogObservation(
        Canary canary, Instant at, @Nullable LogStatus log, Optional<String> shortage) {}
