package dev.auditpolicy.policy.lint.noise;

import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.fix.RuleYaml;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.List;
import java.util.stream.Stream;

/** RequestReceived besides ResponseComplete: two events per request, and the second contains everything in the first. */
public final class TwoEvents implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        if (analyzed.log() != null && analyzed.log().mode() == Mode.BLOCKING_STRICT) {
            return Stream.empty();
        }
        List<Integer> rules = analyzed.rules()
                .filter(rule -> analyzed.records(rule)
                        && !analyzed.omitted(rule).contains(Stage.REQUEST_RECEIVED)
                        && analyzed.decides(rule, Requests.ALL))
                .boxed()
                .toList();
        return rules.isEmpty()
                ? Stream.empty()
                : Stream.of(LintFinding.of(
                        FindingCode.TWO_EVENTS,
                        "omitStages",
                        Phrases.rules(rules) + " " + Phrases.verb(rules, "records", "record")
                                + " RequestReceived as well, so most requests leave two events, and the second"
                                + " contains everything in the first",
                        "set omitStages: "
                                + RuleYaml.of(Stream.concat(
                                                analyzed.policy().omitStages().stream(),
                                                Stream.of(Stage.REQUEST_RECEIVED))
                                        .map(Names::of)
                                        .toList())
                                + ", unless the log mode is blocking-strict"));
    }
}
