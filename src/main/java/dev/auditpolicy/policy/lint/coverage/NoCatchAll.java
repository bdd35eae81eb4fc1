package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.Callers;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.fix.Fix;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.Optional;
import java.util.stream.Stream;

/** Requests that no rule matches: they are silently not recorded. */
public final class NoCatchAll implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return NothingRecorded.recordsAnything(analyzed)
                ? unmatched(analyzed).stream().map(NoCatchAll::finding)
                : Stream.empty();
    }

    /** Some requests that no rule matches, preferably resource requests that no component sends. */
    static Optional<Requests> unmatched(AnalyzedPolicy analyzed) {
        return Stream.of(
                        analyzed.nonComponentRequests().where(Attribute.KIND, Values.of(Requests.RESOURCE)),
                        analyzed.nonComponentRequests(),
                        Callers.AUTHENTICATED)
                .flatMap(
                        requests -> analyzed.effective().decidedByNone(requests).limit(1))
                .findFirst();
    }

    private static LintFinding finding(Requests unmatched) {
        return LintFinding.of(
                FindingCode.NO_CATCH_ALL,
                "rules",
                "requests that no rule matches are not recorded, for example " + ExampleRequest.of(unmatched),
                Fix.addAtEnd(NothingRecorded.METADATA) + " to record these requests, or - {level: None} to exclude them"
                        + " explicitly");
    }
}
