package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.policy.lint.check.Callers;
import dev.auditpolicy.policy.lint.check.Check;
import dev.auditpolicy.policy.lint.check.Subject;
import dev.auditpolicy.policy.lint.finding.Code;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.Optional;
import java.util.stream.Stream;

/** Requests that no rule matches: they are not recorded, which the policy does not show. */
public final class NoCatchAll implements Check {

    @Override
    public Stream<LintFinding> check(Subject subject) {
        return NothingRecorded.recordsSomething(subject)
                ? unmatched(subject).stream().map(NoCatchAll::finding)
                : Stream.empty();
    }

    /** Some requests that no rule matches; those of people, for resources, rather than others. */
    static Optional<Requests> unmatched(Subject subject) {
        return Stream.of(
                        subject.people().where(Attribute.KIND, Values.of(Requests.RESOURCE)),
                        subject.people(),
                        Callers.AUTHENTICATED)
                .flatMap(requests -> subject.live().decidedByNone(requests).limit(1))
                .findFirst();
    }

    private static LintFinding finding(Requests unmatched) {
        return LintFinding.of(
                Code.NO_CATCH_ALL,
                "rules",
                "requests that no rule matches are not recorded, for example " + Example.of(unmatched),
                "end with a rule without conditions: level: Metadata to record them, level: None to show that they are"
                        + " left out on purpose");
    }
}
