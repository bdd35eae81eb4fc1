package dev.auditpolicy.report.item;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogStatus;
import dev.auditpolicy.policy.lint.backend.ShortRetention;
import dev.auditpolicy.report.proof.BackendSettings;
import java.util.Optional;

/**
 * PCI DSS 10.5.1: 12 months, of which the last three are immediately available. maxAgeDays only promises that; how long a node
 * keeps events at the present rate was measured there.
 */
record RetentionCheck(BackendSettings settings, Optional<LogStatus> measured) {

    private static final long AVAILABLE_HOURS = ShortRetention.AVAILABLE_DAYS * 24L;
    private static final long KEPT_HOURS = ShortRetention.KEPT_DAYS * 24L;

    Verdict verdict() {
        return switch (settings) {
            case BackendSettings.Unknown unknown -> Verdict.notProven(unknown.reason());
            case BackendSettings.Known known ->
                known.log()
                        .map(log -> verdict(log, known.webhook().isPresent()))
                        .orElseGet(
                                () -> Verdict.elsewhere(
                                        "kube-apiserver writes no log: ask the receiver of the webhook how long it keeps events"));
        };
    }

    private Verdict verdict(LogBackend log, boolean hasCopy) {
        var status = measured.filter(state -> state.bytesPerSecond() != null);
        if (status.isEmpty()) {
            return Verdict.notProven("the growth of the log is not measured, so its retention is not known");
        }
        var hours = status.get().retentionHours();
        if (hours == null) {
            return Verdict.pass("rotation never removes an event");
        }
        var kept = "at " + status.get().bytesPerSecond() + " bytes per second, the log keeps events for " + hours
                + " hours (maxAgeDays: " + log.maxAgeDays() + ")";
        if (hours >= KEPT_HOURS) {
            return Verdict.pass(kept);
        }
        if (hours >= AVAILABLE_HOURS) {
            return Verdict.elsewhere(
                    kept + ", so the last three months are available; the rest of the 12 months must be"
                            + " kept elsewhere, which the resources cannot show");
        }
        return hasCopy
                ? Verdict.elsewhere(kept + "; ask the receiver of the webhook how long it keeps them")
                : Verdict.fail(kept + ", and the last three months (" + AVAILABLE_HOURS
                        + " hours) must be immediately available");
    }
}
