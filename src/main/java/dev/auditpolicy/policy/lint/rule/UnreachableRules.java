package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.policy.lint.check.Check;
import dev.auditpolicy.policy.lint.check.Subject;
import dev.auditpolicy.policy.lint.finding.Code;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Place;
import dev.auditpolicy.policy.lint.finding.Words;
import java.util.List;
import java.util.stream.Stream;

/** Rules that no request reaches, because rules before them match everything that they match. */
public final class UnreachableRules implements Check {

    @Override
    public Stream<LintFinding> check(Subject subject) {
        return subject.rules().boxed().flatMap(rule -> {
            List<Integer> covering = subject.written().covering(rule, subject.rule(rule));
            return covering.isEmpty() ? Stream.empty() : Stream.of(finding(subject, rule, covering));
        });
    }

    private static LintFinding finding(Subject subject, int rule, List<Integer> covering) {
        String rules = Words.rules(covering);
        return Outcomes.same(subject, rule, covering)
                ? LintFinding.of(
                        Code.REDUNDANT_RULE,
                        Place.rule(rule),
                        "no request reaches this rule, and " + rules + " before it do" + Words.es(covering)
                                + " the same with all that it matches",
                        "remove it")
                : LintFinding.of(
                        Code.UNREACHABLE_RULE,
                        Place.rule(rule),
                        "no request reaches this rule: " + rules + " before it match" + Words.es(covering)
                                + " all that it matches",
                        "move it before " + Place.rule(covering.getFirst()) + ", or remove it");
    }
}
