package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.api.v1alpha1.Canary;
import dev.auditpolicy.api.v1alpha1.LogStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * What the audit log shows.
 *
 * @param canary the request that the log contains, or rightly omits
 * @param at when the log showed it
 * @param log its size and growth
 * @param shortage why its file system may become too small
 */
public record LogObservation(Canary canary, Instant at, LogStatus log, Optional<String> shortage) {}
