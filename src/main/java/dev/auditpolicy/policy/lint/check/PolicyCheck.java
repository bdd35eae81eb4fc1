package dev.auditpolicy.policy.lint.check;

import dev.auditpolicy.policy.lint.finding.LintFinding;
import java.util.stream.Stream;

/** Finds one kind of probable mistake in a policy. */
public interface PolicyCheck {

    /** The findings, in the order of their paths. */
    Stream<LintFinding> check(AnalyzedPolicy analyzed);
}
