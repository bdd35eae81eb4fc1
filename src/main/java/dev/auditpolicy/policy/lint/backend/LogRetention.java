package dev.auditpolicy.policy.lint.backend;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A log that grows until the disk is full. Without the flags, kube-apiserver before 1.36 keeps every old file; since 1.36
 * it keeps 100 files for 366 days. A maxSizeMB of 0 means 100 before 1.36, and no rotation since.
 */
public final class LogRetention implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        LogBackend log = analyzed.log();
        if (log == null) {
            return Stream.empty();
        }
        if (isZero(log.maxSizeMB()) && analyzed.context().newest().isAtLeast(1, 36)) {
            return Stream.of(LintFinding.of(
                    FindingCode.ENDLESS_LOG,
                    "log.maxSizeMB",
                    "since Kubernetes 1.36, 0 disables rotation, so the file grows until the disk is full",
                    "set maxSizeMB, for example to 100"));
        }
        KubernetesVersion oldest = analyzed.context().oldest();
        return keepsAll(log.maxAgeDays(), oldest) && keepsAll(log.maxBackups(), oldest)
                ? Stream.of(LintFinding.of(
                        FindingCode.ENDLESS_LOG,
                        "log.maxBackups",
                        "neither maxBackups nor maxAgeDays limits the old log files, so they fill the disk",
                        "set maxBackups, for example to 10, or maxAgeDays"))
                : Stream.empty();
    }

    private static boolean keepsAll(@Nullable Integer limit, KubernetesVersion oldest) {
        return limit == null ? !oldest.isAtLeast(1, 36) : limit == 0;
    }

    private static boolean isZero(@Nullable Integer limit) {
        return limit != null && limit == 0;
    }
}
