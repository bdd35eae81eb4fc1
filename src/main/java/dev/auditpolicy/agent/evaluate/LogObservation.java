package dev.auditpolicy.agent.evaluate;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.Canary;
import dev.auditpolicy.api.v1alpha1.LogStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * What the log has shown.
 *
 * @param canary the request that it has, or rightly lacks
 * @param at when that was seen
 * @param log its size and growth
 * @param shortage why its file system may become too small for it
 */
public record LogObservation(Optional<Canary> canary, Instant at, LogStatus log, Optional<String> shortage) {

    public LogObservation {
        requireNonNull(canary, "canary is null");
        requireNonNull(at, "at is null");
        requireNonNull(log, "log is null");
        requireNonNull(shortage, "shortage is null");
    }
}
