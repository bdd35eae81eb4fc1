package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.lint.check.Check;
import dev.auditpolicy.policy.lint.check.Subject;
import dev.auditpolicy.policy.lint.finding.Code;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Place;
import dev.auditpolicy.policy.lint.finding.Severity;
import java.util.List;
import java.util.stream.Stream;

/** Rules without ResponseComplete: that event alone tells how a request ended, and has the bodies. */
public final class OmittedOutcome implements Check {

    @Override
    public Stream<LintFinding> check(Subject subject) {
        List<Integer> rules = subject.rules()
                .filter(rule -> subject.level(rule) != Level.NONE
                        && subject.omitted(rule).contains(Stage.RESPONSE_COMPLETE))
                .boxed()
                .toList();
        int inPolicy = subject.policy().omitStages().indexOf(Stage.RESPONSE_COMPLETE);
        if (inPolicy >= 0 && !rules.isEmpty()) {
            return Stream.of(finding("omitStages[" + inPolicy + "]", !subject.records(rules.getFirst())));
        }
        return rules.stream()
                .map(rule -> finding(
                        Place.value(
                                rule,
                                "omitStages",
                                subject.rule(rule).omitStages().indexOf(Stage.RESPONSE_COMPLETE)),
                        !subject.records(rule)));
    }

    private static LintFinding finding(String path, boolean nothingIsLeft) {
        return nothingIsLeft
                ? new LintFinding(
                        Code.NO_OUTCOME,
                        Severity.ERROR,
                        path,
                        "without RequestReceived and ResponseComplete, most requests leave no event",
                        "remove ResponseComplete from omitStages")
                : LintFinding.of(
                        Code.NO_OUTCOME,
                        path,
                        "without ResponseComplete there is no event that tells whether the request succeeded, nor one"
                                + " with bodies",
                        "omit RequestReceived instead");
    }
}
