package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import java.util.List;
import java.util.stream.Stream;

/** Rules that no request reaches, because earlier rules match all their requests. */
public final class UnreachableRules implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return analyzed.rules().boxed().flatMap(rule -> {
            List<Integer> covering = analyzed.asWritten().covering(rule, analyzed.rule(rule));
            return covering.isEmpty() ? Stream.empty() : Stream.of(finding(analyzed, rule, covering));
        });
    }

    private static LintFinding finding(AnalyzedPolicy analyzed, int rule, List<Integer> covering) {
        String reason = "no request reaches this rule: " + Phrases.rules(covering) + " "
                + Phrases.verb(covering, "matches", "match") + " all its requests first";
        return Outcomes.same(analyzed, rule, covering)
                ? LintFinding.of(
                        FindingCode.REDUNDANT_RULE,
                        RulePaths.rule(rule),
                        reason + ", with the same outcome",
                        "remove this rule")
                : LintFinding.of(
                        FindingCode.UNREACHABLE_RULE,
                        RulePaths.rule(rule),
                        reason,
                        MovedRule.fix(analyzed, rule, covering, "remove this rule"));
    }
}
