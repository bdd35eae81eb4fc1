package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.policy.lint.check.Check;
import dev.auditpolicy.policy.lint.check.Subject;
import dev.auditpolicy.policy.lint.finding.Code;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Place;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.lint.finding.Words;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code pods/*} without {@code pods}: upstream documents it as all subresources of pods, but it matches pods as well,
 * which matters most where nothing is to be recorded.
 */
public final class SubresourceWildcards implements Check {

    @Override
    public Stream<LintFinding> check(Subject subject) {
        return subject.rules().boxed().flatMap(rule -> IntStream.range(
                        0, subject.rule(rule).resources().size())
                .boxed()
                .flatMap(entry -> findings(subject, rule, entry)));
    }

    private static Stream<LintFinding> findings(Subject subject, int rule, int index) {
        GroupResources entry = subject.rule(rule).resources().get(index);
        return IntStream.range(0, entry.resources().size())
                .filter(i -> isSurprise(entry, entry.resources().get(i)))
                .mapToObj(i -> new LintFinding(
                        Code.SUBRESOURCES_AND_PARENT,
                        subject.level(rule) == Level.NONE ? Severity.WARNING : Severity.INFO,
                        Place.inEntry(rule, index, "resources", i),
                        Words.quoted(entry.resources().get(i)) + " matches "
                                + Words.quoted(parent(entry.resources().get(i))) + " too, not only its subresources",
                        "list the subresources, or write "
                                + Words.quoted(parent(entry.resources().get(i)))
                                + " beside it to show that it is meant"));
    }

    private static boolean isSurprise(GroupResources entry, String resource) {
        return resource.endsWith("/*")
                && !resource.equals("*/*")
                && !entry.resources().contains(parent(resource))
                && !entry.resources().contains("*");
    }

    private static String parent(String resource) {
        return resource.substring(0, resource.length() - 2);
    }
}
