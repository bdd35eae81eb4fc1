package dev.auditpolicy.report.item;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.policy.lint.finding.BenchmarkItem;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.report.proof.BackendSettings;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A flag of the log that the CIS Benchmark and the STIG ask for. */
enum LogFlag {
    PATH("--audit-log-path", LogBackend::path, BenchmarkItem.CIS_LOG_PATH, BenchmarkItem.STIG_LOG_PATH),
    VALID_PATH("--audit-log-path", LogBackend::path, BenchmarkItem.STIG_VALID_LOG_PATH),
    AGE("--audit-log-maxage", LogBackend::maxAgeDays, BenchmarkItem.CIS_MAX_AGE, BenchmarkItem.STIG_MAX_AGE),
    BACKUPS(
            "--audit-log-maxbackup",
            LogBackend::maxBackups,
            BenchmarkItem.CIS_MAX_BACKUP,
            BenchmarkItem.STIG_MAX_BACKUP),
    SIZE("--audit-log-maxsize", LogBackend::maxSizeMB, BenchmarkItem.CIS_MAX_SIZE, BenchmarkItem.STIG_MAX_SIZE);

    private final String flag;

    @SuppressWarnings("ImmutableEnumChecker") // A method reference.
    private final Function<LogBackend, ?> value;

    @SuppressWarnings("ImmutableEnumChecker") // Never changed.
    private final Set<BenchmarkItem> items;

    LogFlag(String flag, Function<LogBackend, ?> value, BenchmarkItem first, BenchmarkItem... others) {
        this.flag = flag;
        this.value = value;
        items = EnumSet.of(first, others);
    }

    static Optional<LogFlag> of(BenchmarkItem item) {
        for (var flag : values()) {
            if (flag.items.contains(item)) {
                return Optional.of(flag);
            }
        }
        return Optional.empty();
    }

    Verdict verdict(BackendSettings settings, List<LintFinding> findings) {
        return switch (settings) {
            case BackendSettings.Unknown unknown -> Verdict.notProven(unknown.reason());
            case BackendSettings.Known known ->
                known.log()
                        .map(log -> verdict(log, findings))
                        .orElseGet(() -> Verdict.fail("kube-apiserver writes no log: its events go to a webhook, and "
                                + flag + " is not set"));
        };
    }

    private Verdict verdict(LogBackend log, List<LintFinding> findings) {
        return findings.stream().anyMatch(finding -> finding.severity() != Severity.INFO)
                ? Verdict.fail(FindingVerdict.sentences(findings))
                : Verdict.pass("kube-apiserver runs with " + flag + "=" + value.apply(log));
    }
}
