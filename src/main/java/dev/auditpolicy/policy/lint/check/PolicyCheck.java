package dev.auditpolicy.policy.lint.check;

import dev.auditpolicy.policy.lint.finding.LintFinding;
import java.util.stream.Stream;

/** Looks for one kind of thing that is probably not meant. */
public interface PolicyCheck {

    /** What it finds, in the order of the places. */
    Stream<LintFinding> check(AnalyzedPolicy analyzed);
}
