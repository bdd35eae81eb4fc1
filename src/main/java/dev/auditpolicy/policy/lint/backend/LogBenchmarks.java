package dev.auditpolicy.policy.lint.backend;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.policy.lint.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What benchmarks require of the log: all of them a path, the CIS Benchmark and the STIG also 30 days, 10 old files and 100 MB
 * each. These two check the flags: 0 (keep everything) and an absent flag fail, regardless of kube-apiserver's default.
 */
public final class LogBenchmarks implements PolicyCheck {

    private static final Set<Profile> ABOUT_FLAGS = Set.of(Profile.CIS, Profile.STIG);
    private static final int DAYS = 30;
    private static final int BACKUPS = 10;
    private static final int MEGABYTES = 100;

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        LogBackend log = analyzed.log();
        if (analyzed.context().profiles().isEmpty()) {
            return Stream.empty();
        }
        boolean aboutFlags = analyzed.context().profiles().stream().anyMatch(ABOUT_FLAGS::contains);
        if (log == null) {
            return analyzed.webhook() != null && !aboutFlags ? Stream.empty() : Stream.of(unknown(aboutFlags));
        }
        var findings = new ArrayList<LintFinding>();
        if (log.path() == null || log.path().isBlank() || log.path().equals("-")) {
            findings.add(LintFinding.of(
                    FindingCode.LOG_PATH,
                    "log.path",
                    "the log is not written to a file",
                    "set log.path to a file in its own directory under /var/log"));
        }
        if (!aboutFlags) {
            return findings.stream();
        }
        atLeast(DAYS, log.maxAgeDays(), FindingCode.LOG_MAX_AGE, "maxAgeDays", findings);
        atLeast(BACKUPS, log.maxBackups(), FindingCode.LOG_MAX_BACKUPS, "maxBackups", findings);
        atLeast(MEGABYTES, log.maxSizeMB(), FindingCode.LOG_MAX_SIZE, "maxSizeMB", findings);
        return findings.stream();
    }

    private static LintFinding unknown(boolean aboutFlags) {
        return new LintFinding(
                FindingCode.LOG_PATH,
                Severity.INFO,
                "log",
                "no log settings are given, so the path and the retention of the log are not checked",
                "set log.path"
                        + (aboutFlags
                                ? ", and set maxAgeDays, maxBackups and maxSizeMB to at least 30, 10 and 100"
                                : ""));
    }

    private static void atLeast(
            int least, @Nullable Integer value, FindingCode code, String field, List<LintFinding> findings) {
        if (value == null || value < least) {
            findings.add(LintFinding.of(
                    code,
                    "log." + field,
                    field + " is " + (value == null ? "not set" : value) + ", and the benchmark requires at least "
                            + least,
                    "set " + field + " to " + least));
        }
    }
}
