package dev.auditpolicy.policy.lint.backend;

import org.jspecify.annotations.Nullable;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What both norms want of the log: a path, 30 days, 10 old files, 100 MB each. They look at the flags, and take 0 (keep
 * everything) for less than enough, and an absent flag too, whatever kube-apiserver's default.
 */
public final class LogBenchmarks implements PolicyCheck {

    private static final int DAYS = 30;
    private static final int BACKUPS = 10;
    private static final int MEGABYTES = 100;

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        LogBackend log = analyzed.log();
        if (analyzed.context().profiles().isEmpty()) {
            return Stream.empty();
        }
        if (log == null) {
            return Stream.of(new LintFinding(
                    FindingCode.LOG_PATH,
                    Severity.INFO,
                    "log",
                    "there are no settings of a log here, so its path and retention could not be checked",
                    "set log.path, and keep maxAgeDays, maxBackups and maxSizeMB at 30, 10 and 100 or more"));
        }
        List<LintFinding> findings = new ArrayList<>();
        if (log.path() == null || log.path().isBlank() || log.path().equals("-")) {
            findings.add(LintFinding.of(
                    FindingCode.LOG_PATH,
                    "log.path",
                    "the log is not written to a file",
                    "set it to a file in a directory of its own under /var/log"));
        }
        atLeast(DAYS, log.maxAgeDays(), FindingCode.LOG_MAX_AGE, "log.maxAgeDays", findings);
        atLeast(BACKUPS, log.maxBackups(), FindingCode.LOG_MAX_BACKUPS, "log.maxBackups", findings);
        atLeast(MEGABYTES, log.maxSizeMB(), FindingCode.LOG_MAX_SIZE, "log.maxSizeMB", findings);
        return findings.stream();
    }

    private static void atLeast(int least, @Nullable Integer value, FindingCode code, String path, List<LintFinding> findings) {
        if (value == null || value < least) {
            findings.add(LintFinding.of(
                    code,
                    path,
                    (value == null ? "it is not set" : "it is " + value) + ", and the norm asks for at least " + least,
                    "set it to " + least));
        }
    }
}
