package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.finding.Severity;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code pods/*} without {@code pods}: upstream documents it as all subresources of pods, but it matches pods as well.
 * That matters most in a rule of level None.
 */
public final class SubresourceWildcards implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return analyzed.rules().boxed().flatMap(rule -> IntStream.range(
                        0, analyzed.rule(rule).resources().size())
                .boxed()
                .flatMap(entry -> findings(analyzed, rule, entry)));
    }

    private static Stream<LintFinding> findings(AnalyzedPolicy analyzed, int rule, int index) {
        GroupResources entry = analyzed.rule(rule).resources().get(index);
        return IntStream.range(0, entry.resources().size())
                .filter(i -> matchesParentImplicitly(entry, entry.resources().get(i)))
                .mapToObj(i -> new LintFinding(
                        FindingCode.SUBRESOURCES_AND_PARENT,
                        analyzed.level(rule) == Level.NONE ? Severity.WARNING : Severity.INFO,
                        RulePaths.inEntry(rule, index, "resources", i),
                        Phrases.quoted(entry.resources().get(i)) + " matches "
                                + Phrases.quoted(parent(entry.resources().get(i)))
                                + " itself, not only its subresources",
                        "add "
                                + Phrases.quoted(parent(entry.resources().get(i)))
                                + " to the list if you mean it, or list the subresources"));
    }

    private static boolean matchesParentImplicitly(GroupResources entry, String resource) {
        return resource.endsWith("/*")
                && !resource.equals("*/*")
                && !entry.resources().contains(parent(resource))
                && !entry.resources().contains("*");
    }

    private static String parent(String resource) {
        return resource.substring(0, resource.length() - 2);
    }
}
