package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.lint.value.ResourceEntries;
import dev.auditpolicy.policy.lint.value.RuleValueChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Values that no request reaches: rules before this one match every request that this rule matches by the value. {@link
 * FaultyValues} reports values that match nothing anyway.
 */
public final class ShadowedValues implements PolicyCheck {

    record Part(String path, PolicyRule narrower) {}

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return analyzed.rules()
                .filter(rule ->
                        analyzed.asWritten().covering(rule, analyzed.rule(rule)).isEmpty())
                .boxed()
                .flatMap(rule -> parts(rule, analyzed.rule(rule)).flatMap(part -> findings(analyzed, rule, part)));
    }

    private static Stream<LintFinding> findings(AnalyzedPolicy analyzed, int rule, Part part) {
        if (new RuleValueChecks(part.narrower(), analyzed.context()).effective().isEmpty()) {
            return Stream.empty();
        }
        List<Integer> covering = analyzed.asWritten().covering(rule, part.narrower());
        if (covering.isEmpty()) {
            return Stream.empty();
        }
        String reason = "no request reaches this value: " + Phrases.rules(covering) + " "
                + Phrases.verb(covering, "matches", "match") + " all its requests first";
        return Stream.of(
                Outcomes.same(analyzed, rule, covering)
                        ? new LintFinding(
                                FindingCode.SHADOWED_VALUE,
                                Severity.INFO,
                                part.path(),
                                reason + ", with the same outcome",
                                "remove the value")
                        : LintFinding.of(
                                FindingCode.SHADOWED_VALUE,
                                part.path(),
                                reason,
                                MovedRule.fix(analyzed, rule, covering, "remove the value")));
    }

    /** The rule with one value instead of a list of several, for each of them. */
    static Stream<Part> parts(int index, PolicyRule rule) {
        return Stream.of(
                        values(index, "users", rule.users(), users -> by(rule, users, rule.userGroups(), rule.verbs())),
                        values(
                                index,
                                "userGroups",
                                rule.userGroups(),
                                groups -> by(rule, rule.users(), groups, rule.verbs())),
                        values(index, "verbs", rule.verbs(), verbs -> by(rule, rule.users(), rule.userGroups(), verbs)),
                        resources(index, rule),
                        values(
                                index,
                                "namespaces",
                                rule.namespaces(),
                                namespaces -> on(rule, rule.resources(), namespaces, rule.nonResourceURLs())),
                        values(
                                index,
                                "nonResourceURLs",
                                rule.nonResourceURLs(),
                                urls -> on(rule, rule.resources(), rule.namespaces(), urls)))
                .flatMap(Function.identity());
    }

    private static Stream<Part> values(
            int rule, String field, List<String> values, Function<List<String>, PolicyRule> narrower) {
        return values.size() < 2
                ? Stream.empty()
                : IntStream.range(0, values.size())
                        .mapToObj(
                                i -> new Part(RulePaths.value(rule, field, i), narrower.apply(List.of(values.get(i)))));
    }

    private static Stream<Part> resources(int index, PolicyRule rule) {
        var parts = new ArrayList<Part>();
        for (int i = 0; i < rule.resources().size(); i++) {
            GroupResources entry = rule.resources().get(i);
            if (entry.resources().isEmpty() && rule.resources().size() > 1) {
                parts.add(new Part(RulePaths.entry(index, i), on(rule, entry)));
            }
            for (int j = 0; j < entry.resources().size(); j++) {
                if (entry.resources().size() > 1 || rule.resources().size() > 1) {
                    parts.add(new Part(
                            RulePaths.inEntry(index, i, "resources", j),
                            on(
                                    rule,
                                    ResourceEntries.only(
                                            entry, entry.resources().get(j)))));
                }
            }
        }
        return parts.stream();
    }

    private static PolicyRule on(PolicyRule rule, GroupResources entry) {
        return on(rule, List.of(entry), rule.namespaces(), rule.nonResourceURLs());
    }

    private static PolicyRule on(
            PolicyRule rule, List<GroupResources> resources, List<String> namespaces, List<String> urls) {
        return new PolicyRule(
                rule.level(),
                rule.users(),
                rule.userGroups(),
                rule.verbs(),
                resources,
                namespaces,
                urls,
                rule.omitStages(),
                rule.omitManagedFields());
    }

    private static PolicyRule by(PolicyRule rule, List<String> users, List<String> userGroups, List<String> verbs) {
        return new PolicyRule(
                rule.level(),
                users,
                userGroups,
                verbs,
                rule.resources(),
                rule.namespaces(),
                rule.nonResourceURLs(),
                rule.omitStages(),
                rule.omitManagedFields());
    }
}
