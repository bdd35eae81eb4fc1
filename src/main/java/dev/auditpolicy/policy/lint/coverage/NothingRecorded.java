package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.stream.Stream;

/** A policy that no request leaves an event by. kube-apiserver loads it without a word. */
public final class NothingRecorded implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return recordsAnything(analyzed)
                ? Stream.empty()
                : Stream.of(LintFinding.of(
                        FindingCode.NOTHING_RECORDED,
                        "rules",
                        "no request leaves an event: the rules that requests reach have level None, omit the stages or"
                                + " match nothing that exists",
                        "add a rule such as level: Metadata at the end"));
    }

    /** Also if that was too much work to find out. */
    static boolean recordsAnything(AnalyzedPolicy analyzed) {
        return analyzed.rules().anyMatch(rule -> analyzed.records(rule) && analyzed.decides(rule, Requests.ALL))
                || analyzed.effective().isGivenUp();
    }
}
