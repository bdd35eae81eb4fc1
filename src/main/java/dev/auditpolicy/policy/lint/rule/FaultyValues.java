package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.lint.value.ResourceEntries;
import dev.auditpolicy.policy.lint.value.RuleValueChecks;
import dev.auditpolicy.policy.lint.value.ValueCheck;
import dev.auditpolicy.policy.lint.value.ValueFault;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values that match nothing. If the list has no other value, the rule matches nothing either. */
public final class FaultyValues implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return analyzed.rules()
                .boxed()
                .flatMap(rule -> findings(rule, new RuleValueChecks(analyzed.rule(rule), analyzed.context())));
    }

    private static Stream<LintFinding> findings(int index, RuleValueChecks checks) {
        PolicyRule rule = checks.rule();
        return Stream.of(
                        list(index, "users", rule.users(), checks.users()),
                        list(index, "userGroups", rule.userGroups(), checks.userGroups()),
                        list(index, "verbs", rule.verbs(), checks.verbs()),
                        IntStream.range(0, rule.resources().size()).boxed().flatMap(i -> entry(index, i, checks)),
                        list(index, "namespaces", rule.namespaces(), checks.namespaces()),
                        list(index, "nonResourceURLs", rule.nonResourceURLs(), checks.urls()))
                .flatMap(findings -> findings);
    }

    private static Stream<LintFinding> list(int rule, String field, List<String> values, ValueCheck check) {
        boolean none = RuleValueChecks.effective(values, check).isEmpty();
        return list(values, check, none, i -> RulePaths.value(rule, field, i));
    }

    private static Stream<LintFinding> entry(int rule, int index, RuleValueChecks checks) {
        GroupResources entry = checks.rule().resources().get(index);
        boolean none = checks.rule().resources().stream()
                .allMatch(other -> checks.effective(other).isEmpty());
        return Stream.of(
                        list(
                                List.of(ResourceEntries.group(entry)),
                                checks.apiGroups(),
                                none,
                                i -> RulePaths.inEntry(rule, index, "group")),
                        list(
                                entry.resources(),
                                checks.resources(entry),
                                none,
                                i -> RulePaths.inEntry(rule, index, "resources", i)),
                        list(
                                entry.resourceNames(),
                                checks.resourceNames(),
                                none,
                                i -> RulePaths.inEntry(rule, index, "resourceNames", i)))
                .flatMap(findings -> findings);
    }

    private static Stream<LintFinding> list(
            List<String> values, ValueCheck check, boolean none, IntFunction<String> path) {
        return IntStream.range(0, values.size()).boxed().flatMap(i -> check.check(values.get(i)).stream()
                .map(fault -> finding(path.apply(i), fault, none)));
    }

    private static LintFinding finding(String path, ValueFault fault, boolean none) {
        return none && fault.matchesNothing()
                ? new LintFinding(
                        fault.code(),
                        Severity.ERROR,
                        path,
                        fault.reason() + ", so the rule matches nothing",
                        fault.fix())
                : LintFinding.of(fault.code(), path, fault.reason(), fault.fix());
    }
}
