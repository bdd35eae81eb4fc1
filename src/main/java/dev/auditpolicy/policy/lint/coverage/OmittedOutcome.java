package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.lint.fix.Fix;
import java.util.List;
import java.util.stream.Stream;

/** Rules without ResponseComplete: only that event has the outcome of a request and its bodies. */
public final class OmittedOutcome implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        List<Integer> rules = analyzed.rules()
                .filter(rule -> analyzed.level(rule) != Level.NONE
                        && analyzed.omitted(rule).contains(Stage.RESPONSE_COMPLETE))
                .boxed()
                .toList();
        int inPolicy = analyzed.policy().omitStages().indexOf(Stage.RESPONSE_COMPLETE);
        if (inPolicy >= 0 && !rules.isEmpty()) {
            return Stream.of(finding("omitStages[" + inPolicy + "]", !analyzed.records(rules.getFirst())));
        }
        return rules.stream()
                .map(rule -> finding(
                        RulePaths.value(
                                rule,
                                "omitStages",
                                analyzed.rule(rule).omitStages().indexOf(Stage.RESPONSE_COMPLETE)),
                        !analyzed.records(rule)));
    }

    private static LintFinding finding(String path, boolean nothingIsLeft) {
        return nothingIsLeft
                ? new LintFinding(
                        FindingCode.NO_OUTCOME,
                        Severity.ERROR,
                        path,
                        "without RequestReceived and ResponseComplete, most requests leave no event",
                        "remove the value")
                : LintFinding.of(
                        FindingCode.NO_OUTCOME,
                        path,
                        "without ResponseComplete, no event records the outcome of a request or its bodies",
                        Fix.use("RequestReceived"));
    }
}
