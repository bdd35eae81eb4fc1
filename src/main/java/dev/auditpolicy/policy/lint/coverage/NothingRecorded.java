package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.Callers;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.fix.Fix;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.List;
import java.util.stream.Stream;

/** A policy that records nothing. kube-apiserver loads it without a warning. */
public final class NothingRecorded implements PolicyCheck {

    /** Records every request. */
    static final PolicyRule METADATA = new PolicyRule(
            Level.METADATA, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null);

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return recordsAnything(analyzed)
                ? Stream.empty()
                : Stream.of(LintFinding.of(
                        FindingCode.NOTHING_RECORDED,
                        "rules",
                        "no request is recorded: every rule that a request can reach has level None, omits the stages, or"
                                + " matches nothing that exists",
                        fix(analyzed)));
    }

    /** A rule at the end helps only if a request reaches it, and only if the policy leaves a stage. */
    private static String fix(AnalyzedPolicy analyzed) {
        List<Stage> omitted = analyzed.policy().omitStages();
        if (omitted.contains(Stage.REQUEST_RECEIVED) && omitted.contains(Stage.RESPONSE_COMPLETE)) {
            return "set omitStages: [RequestReceived]";
        }
        if (analyzed.leavesUnmatched(Callers.AUTHENTICATED)) {
            return Fix.addAtEnd(METADATA);
        }
        int last = analyzed.rules()
                .filter(rule -> analyzed.decides(rule, Callers.AUTHENTICATED))
                .max()
                .orElse(0);
        return analyzed.level(last) == Level.NONE
                ? "set level: Metadata in " + RulePaths.rule(last)
                : "set omitStages: [RequestReceived] in " + RulePaths.rule(last);
    }

    /** Whether any request leaves an event; also true if the analysis gave up. */
    static boolean recordsAnything(AnalyzedPolicy analyzed) {
        return analyzed.rules().anyMatch(rule -> analyzed.records(rule) && analyzed.decides(rule, Requests.ALL))
                || analyzed.effective().isGivenUp();
    }
}
