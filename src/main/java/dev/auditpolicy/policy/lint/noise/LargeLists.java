package dev.auditpolicy.policy.lint.noise;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.policy.lint.check.Check;
import dev.auditpolicy.policy.lint.check.Subject;
import dev.auditpolicy.policy.lint.finding.Code;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Place;
import dev.auditpolicy.policy.lint.finding.Words;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Lists at RequestResponse: the event holds the whole collection, is encoded in memory as one piece and can be larger
 * than a log file. Upstream's own reference policy stays below it: "Get responses can be large".
 */
public final class LargeLists implements Check {

    @Override
    public Stream<LintFinding> check(Subject subject) {
        return subject.rules()
                .filter(rule -> subject.logsBodies(rule) && subject.level(rule) == Level.REQUEST_RESPONSE)
                .boxed()
                .flatMap(rule -> {
                    List<String> lists = Traffic.LISTS.stream()
                            .filter(list -> subject.evaluator()
                                    .evaluate(list.request())
                                    .rule()
                                    .equals(OptionalInt.of(rule)))
                            .map(Traffic::what)
                            .toList();
                    return lists.isEmpty() ? Stream.empty() : Stream.of(finding(rule, lists));
                });
    }

    private static LintFinding finding(int rule, List<String> lists) {
        return LintFinding.of(
                Code.LARGE_LISTS,
                Place.field(rule, "level"),
                "the answer to each list of " + Words.list(lists)
                        + " is recorded whole, which can be many megabytes in memory and in the log",
                "put a rule with level: Metadata and verbs: [get, list, watch] before it");
    }
}
