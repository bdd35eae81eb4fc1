package dev.auditpolicy.policy.lint.noise;

import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.lint.check.Check;
import dev.auditpolicy.policy.lint.check.Subject;
import dev.auditpolicy.policy.lint.finding.Code;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Words;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.List;
import java.util.stream.Stream;

/** RequestReceived besides ResponseComplete: two lines for each request, of which the second has all that the first has. */
public final class TwoEvents implements Check {

    @Override
    public Stream<LintFinding> check(Subject subject) {
        if (subject.log() != null && subject.log().mode() == Mode.BLOCKING_STRICT) {
            return Stream.empty();
        }
        List<Integer> rules = subject.rules()
                .filter(rule -> subject.records(rule)
                        && !subject.omitted(rule).contains(Stage.REQUEST_RECEIVED)
                        && subject.decides(rule, Requests.ALL))
                .boxed()
                .toList();
        return rules.isEmpty()
                ? Stream.empty()
                : Stream.of(LintFinding.of(
                        Code.TWO_EVENTS,
                        "omitStages",
                        Words.rules(rules) + " record" + Words.s(rules)
                                + " RequestReceived as well, so most requests leave two events, of which the second"
                                + " says all that the first does",
                        "write omitStages: [RequestReceived], unless the log mode is blocking-strict"));
    }
}
