package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.lint.fix.RuleYaml;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * resourceNames together with verbs whose requests have no name: the URL of a create or a deletecollection names no
 * object. The URL of a create of a subresource names its parent.
 */
public final class NamesOnCreate implements PolicyCheck {

    private static final List<String> NAMELESS = List.of("create", "deletecollection");

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return analyzed.rules().boxed().flatMap(rule -> IntStream.range(
                        0, analyzed.rule(rule).resources().size())
                .boxed()
                .flatMap(entry -> findings(rule, entry, analyzed.rule(rule))));
    }

    private static Stream<LintFinding> findings(int index, int entryIndex, PolicyRule rule) {
        GroupResources entry = rule.resources().get(entryIndex);
        List<String> verbs = rule.verbs().stream().filter(NAMELESS::contains).toList();
        boolean subresourcesOnly = entry.resources().stream().allMatch(NamesOnCreate::isSubresource);
        if (entry.resourceNames().isEmpty()
                || entry.resourceNames().contains("")
                || verbs.isEmpty()
                || subresourcesOnly) {
            return Stream.empty();
        }
        String reason = String.join(" and ", verbs) + " requests have no name in the URL to compare with resourceNames";
        boolean nothingElse = NAMELESS.containsAll(rule.verbs())
                && entry.resources().stream().noneMatch(resource -> resource.contains("/") || resource.equals("*"));
        String path = RulePaths.inEntry(index, entryIndex, "resourceNames");
        return Stream.of(
                nothingElse
                        ? new LintFinding(
                                FindingCode.NAMES_ON_CREATE,
                                Severity.ERROR,
                                path,
                                reason + ", so the entry matches nothing",
                                "remove resourceNames")
                        : LintFinding.of(
                                FindingCode.NAMES_ON_CREATE,
                                path,
                                reason,
                                "move " + String.join(" and ", verbs) + " to a new rule before this one: "
                                        + RuleYaml.of(withoutNames(rule, verbs))));
    }

    /** What the rule matches with these verbs, for any name. */
    private static PolicyRule withoutNames(PolicyRule rule, List<String> verbs) {
        return new PolicyRule(
                rule.level(),
                rule.users(),
                rule.userGroups(),
                verbs,
                rule.resources().stream()
                        .map(entry -> new GroupResources(entry.group(), entry.resources(), List.of()))
                        .toList(),
                rule.namespaces(),
                rule.nonResourceURLs(),
                rule.omitStages(),
                rule.omitManagedFields());
    }

    private static boolean isSubresource(String resource) {
        return resource.contains("/") && !resource.endsWith("/*");
    }
}
