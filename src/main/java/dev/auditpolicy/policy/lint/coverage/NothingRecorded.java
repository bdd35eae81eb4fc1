package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.stream.Stream;

/** A policy that records nothing. kube-apiserver loads it without a warning. */
public final class NothingRecorded implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return recordsAnything(analyzed)
                ? Stream.empty()
                : Stream.of(LintFinding.of(
                        FindingCode.NOTHING_RECORDED,
                        "rules",
                        "no request is recorded: every rule that a request can reach has level None, omits the stages, or"
                                + " matches nothing that exists",
                        "add a rule at the end, for example level: Metadata"));
    }

    /** Whether any request leaves an event; also true if the analysis gave up. */
    static boolean recordsAnything(AnalyzedPolicy analyzed) {
        return analyzed.rules().anyMatch(rule -> analyzed.records(rule) && analyzed.decides(rule, Requests.ALL))
                || analyzed.effective().isGivenUp();
    }
}
