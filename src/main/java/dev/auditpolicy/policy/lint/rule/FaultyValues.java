package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.fault.Remedy;
import dev.auditpolicy.policy.lint.fault.ValueCheck;
import dev.auditpolicy.policy.lint.fault.ValueFault;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.lint.value.ResourceEntries;
import dev.auditpolicy.policy.lint.value.RuleValueChecks;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values that match nothing. If the list has no other value, the rule matches nothing either. */
public final class FaultyValues implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return analyzed.rules()
                .boxed()
                .flatMap(rule -> findings(
                        rule,
                        new RemedyText(
                                new RuleValueChecks(analyzed.rule(rule), analyzed.context()),
                                analyzed.policy().rules().size() == 1)));
    }

    private static Stream<LintFinding> findings(int index, RemedyText texts) {
        RuleValueChecks checks = texts.checks();
        PolicyRule rule = checks.rule();
        return Stream.of(
                        list(index, "users", rule.users(), checks.users(), texts),
                        list(index, "userGroups", rule.userGroups(), checks.userGroups(), texts),
                        list(index, "verbs", rule.verbs(), checks.verbs(), texts),
                        IntStream.range(0, rule.resources().size()).boxed().flatMap(i -> entry(index, i, texts)),
                        list(index, "namespaces", rule.namespaces(), checks.namespaces(), texts),
                        list(index, "nonResourceURLs", rule.nonResourceURLs(), checks.urls(), texts))
                .flatMap(findings -> findings);
    }

    private static Stream<LintFinding> list(
            int rule, String field, List<String> values, ValueCheck check, RemedyText texts) {
        boolean none = RuleValueChecks.effective(values, check).isEmpty();
        return list(
                values,
                check,
                none,
                i -> RulePaths.value(rule, field, i),
                (i, remedy) -> texts.inList(remedy, field, values, i, check));
    }

    private static Stream<LintFinding> entry(int rule, int index, RemedyText texts) {
        RuleValueChecks checks = texts.checks();
        GroupResources entry = checks.rule().resources().get(index);
        boolean none = checks.rule().resources().stream()
                .allMatch(other -> checks.effective(other).isEmpty());
        return Stream.of(
                        list(
                                List.of(ResourceEntries.group(entry)),
                                checks.apiGroups(),
                                none,
                                i -> RulePaths.inEntry(rule, index, "group"),
                                (i, remedy) -> texts.ofGroup(remedy)),
                        list(
                                entry.resources(),
                                checks.resources(entry),
                                none,
                                i -> RulePaths.inEntry(rule, index, "resources", i),
                                (i, remedy) -> texts.ofResource(remedy, entry, i)),
                        list(
                                entry.resourceNames(),
                                checks.resourceNames(),
                                none,
                                i -> RulePaths.inEntry(rule, index, "resourceNames", i),
                                (i, remedy) -> texts.inList(
                                        remedy, "resourceNames", entry.resourceNames(), i, checks.resourceNames())))
                .flatMap(findings -> findings);
    }

    private static Stream<LintFinding> list(
            List<String> values,
            ValueCheck check,
            boolean none,
            IntFunction<String> path,
            BiFunction<Integer, Remedy, String> fix) {
        return IntStream.range(0, values.size()).boxed().flatMap(i -> check.check(values.get(i)).stream()
                .map(fault -> finding(path.apply(i), fault, none, fix.apply(i, fault.remedy()))));
    }

    private static LintFinding finding(String path, ValueFault fault, boolean none, String fix) {
        return none && fault.matchesNothing()
                ? new LintFinding(
                        fault.code(), Severity.ERROR, path, fault.reason() + ", so the rule matches nothing", fix)
                : LintFinding.of(fault.code(), path, fault.reason(), fix);
    }
}
