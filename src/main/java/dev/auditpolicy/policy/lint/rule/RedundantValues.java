package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.policy.evaluate.PathPattern;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values that another value of the same list includes. */
public final class RedundantValues implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return analyzed.rules()
                .boxed()
                .flatMap(rule -> Stream.concat(
                        IntStream.range(0, analyzed.rule(rule).resources().size())
                                .boxed()
                                .flatMap(entry -> resources(
                                        rule,
                                        entry,
                                        analyzed.rule(rule).resources().get(entry))),
                        urls(rule, analyzed.rule(rule).nonResourceURLs())));
    }

    private static Stream<LintFinding> resources(int rule, int index, GroupResources entry) {
        List<String> resources = entry.resources();
        return IntStream.range(0, resources.size()).boxed().flatMap(i -> wider(resources, i).stream()
                .map(wider -> finding(RulePaths.inEntry(rule, index, "resources", i), wider)));
    }

    /**
     * Looks up only the values that can include it: a list can have hundreds. {@code pods} beside {@code pods/*} is good
     * style: few readers expect the wildcard to include it.
     */
    private static Optional<String> wider(List<String> resources, int index) {
        String resource = resources.get(index);
        int slash = resource.indexOf('/');
        String parent = slash < 0 ? resource : resource.substring(0, slash);
        String subresource = slash < 0 ? "" : resource.substring(slash);
        return (slash < 0 ? Stream.of("*") : Stream.of("*", parent + "/*", "*" + subresource))
                .filter(wider -> !wider.equals(resource) && resources.contains(wider))
                .findFirst()
                .or(() -> Optional.of(resource).filter(same -> resources.indexOf(same) < index));
    }

    private static Stream<LintFinding> urls(int rule, List<String> urls) {
        return IntStream.range(0, urls.size()).boxed().flatMap(i -> IntStream.range(0, urls.size())
                .filter(j -> new PathPattern(urls.get(j)).covers(new PathPattern(urls.get(i)))
                        && (j < i || !urls.get(j).equals(urls.get(i))))
                .mapToObj(j -> finding(RulePaths.value(rule, "nonResourceURLs", i), urls.get(j)))
                .limit(1));
    }

    private static LintFinding finding(String path, String wider) {
        return LintFinding.of(
                FindingCode.REDUNDANT_VALUE,
                path,
                Phrases.quoted(wider) + " in the same list already includes this value",
                "remove the value");
    }
}
