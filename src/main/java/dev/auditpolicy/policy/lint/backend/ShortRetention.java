package dev.auditpolicy.policy.lint.backend;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.policy.lint.finding.Severity;
import java.util.stream.Stream;

/**
 * A log that is removed before the time of PCI DSS 10.5.1: 12 months, of which the last three are immediately available. A
 * receiver of the webhook can keep the events longer, and only it knows.
 */
public final class ShortRetention implements PolicyCheck {

    /** Three months. */
    public static final int AVAILABLE_DAYS = 90;

    /** Twelve months. */
    public static final int KEPT_DAYS = 365;

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        LogBackend log = analyzed.log();
        if (!analyzed.context().profiles().contains(Profile.PCI) || log == null || analyzed.webhook() != null) {
            return Stream.empty();
        }
        Integer days = log.maxAgeDays();
        if (days == null || days == 0 || days >= KEPT_DAYS) {
            return Stream.empty();
        }
        boolean available = days >= AVAILABLE_DAYS;
        return Stream.of(new LintFinding(
                FindingCode.SHORT_RETENTION,
                available ? Severity.INFO : Severity.WARNING,
                "log.maxAgeDays",
                "the log is kept for " + days + " days, and PCI DSS requires 12 months, of which the last three are"
                        + " immediately available",
                available
                        ? "set maxAgeDays to 365, or store the log elsewhere for 12 months"
                        : "set maxAgeDays to 365, or to 90 and store the log elsewhere for 12 months"));
    }
}
