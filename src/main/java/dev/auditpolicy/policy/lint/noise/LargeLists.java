package dev.auditpolicy.policy.lint.noise;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.fix.Fix;
import dev.auditpolicy.policy.lint.fix.NarrowedRule;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Lists at RequestResponse. The event contains the whole collection, is encoded in memory as a whole, and can exceed the
 * size of a log file. Upstream's own reference policy avoids it: "Get responses can be large".
 */
public final class LargeLists implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return analyzed.rules()
                .filter(rule -> analyzed.recordsBodies(rule) && analyzed.level(rule) == Level.REQUEST_RESPONSE)
                .boxed()
                .flatMap(rule -> {
                    List<String> lists = RoutineRequest.LISTS.stream()
                            .filter(list -> analyzed.evaluator()
                                    .evaluate(list.request())
                                    .rule()
                                    .equals(OptionalInt.of(rule)))
                            .map(RoutineRequest::what)
                            .toList();
                    return lists.isEmpty() ? Stream.empty() : Stream.of(finding(analyzed, rule, lists));
                });
    }

    private static LintFinding finding(AnalyzedPolicy analyzed, int rule, List<String> lists) {
        return LintFinding.of(
                FindingCode.LARGE_LISTS,
                RulePaths.field(rule, "level"),
                "the full response to each list of " + Phrases.list(lists)
                        + " is recorded, which can take many megabytes in memory and in the log",
                Fix.addBefore(new NarrowedRule(analyzed.rule(rule)).onVerbs(Level.METADATA, List.of("list"))));
    }
}
