package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.check.Check;
import dev.auditpolicy.policy.lint.check.Subject;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Place;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.lint.value.Entries;
import dev.auditpolicy.policy.lint.value.Fault;
import dev.auditpolicy.policy.lint.value.Judge;
import dev.auditpolicy.policy.lint.value.RuleJudges;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values that match nothing. If no other value is left in the list, neither does the rule. */
public final class FaultyValues implements Check {

    @Override
    public Stream<LintFinding> check(Subject subject) {
        return subject.rules()
                .boxed()
                .flatMap(rule -> findings(rule, new RuleJudges(subject.rule(rule), subject.context())));
    }

    private static Stream<LintFinding> findings(int index, RuleJudges judges) {
        PolicyRule rule = judges.rule();
        return Stream.of(
                        list(index, "users", rule.users(), judges.users()),
                        list(index, "userGroups", rule.userGroups(), judges.userGroups()),
                        list(index, "verbs", rule.verbs(), judges.verbs()),
                        IntStream.range(0, rule.resources().size()).boxed().flatMap(i -> entry(index, i, judges)),
                        list(index, "namespaces", rule.namespaces(), judges.namespaces()),
                        list(index, "nonResourceURLs", rule.nonResourceURLs(), judges.urls()))
                .flatMap(findings -> findings);
    }

    private static Stream<LintFinding> list(int rule, String field, List<String> values, Judge judge) {
        boolean none = RuleJudges.live(values, judge).isEmpty();
        return list(values, judge, none, i -> Place.value(rule, field, i));
    }

    private static Stream<LintFinding> entry(int rule, int index, RuleJudges judges) {
        GroupResources entry = judges.rule().resources().get(index);
        boolean none = judges.rule().resources().stream()
                .allMatch(other -> judges.live(other).isEmpty());
        return Stream.of(
                        list(
                                List.of(Entries.group(entry)),
                                judges.apiGroups(),
                                none,
                                i -> Place.inEntry(rule, index, "group")),
                        list(
                                entry.resources(),
                                judges.resources(entry),
                                none,
                                i -> Place.inEntry(rule, index, "resources", i)),
                        list(
                                entry.resourceNames(),
                                judges.names(),
                                none,
                                i -> Place.inEntry(rule, index, "resourceNames", i)))
                .flatMap(findings -> findings);
    }

    private static Stream<LintFinding> list(List<String> values, Judge judge, boolean none, IntFunction<String> path) {
        return IntStream.range(0, values.size()).boxed().flatMap(i -> judge.judge(values.get(i)).stream()
                .map(fault -> finding(path.apply(i), fault, none)));
    }

    private static LintFinding finding(String path, Fault fault, boolean none) {
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
