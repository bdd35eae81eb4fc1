package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.policy.lint.check.Check;
import dev.auditpolicy.policy.lint.check.Subject;
import dev.auditpolicy.policy.lint.finding.Code;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.stream.Stream;

/** A policy that no request leaves an event by. kube-apiserver loads it without a word. */
public final class NothingRecorded implements Check {

    @Override
    public Stream<LintFinding> check(Subject subject) {
        return recordsSomething(subject)
                ? Stream.empty()
                : Stream.of(LintFinding.of(
                        Code.NOTHING_RECORDED,
                        "rules",
                        "no request leaves an event: the rules that requests reach have level None, omit the stages or"
                                + " match nothing that exists",
                        "add a rule such as level: Metadata at the end"));
    }

    /** Also if that was too much work to find out. */
    static boolean recordsSomething(Subject subject) {
        return subject.rules().anyMatch(rule -> subject.records(rule) && subject.decides(rule, Requests.ALL))
                || subject.live().isGivenUp();
    }
}
