package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.Callers;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.fix.Fix;
import java.util.List;
import java.util.stream.Stream;

/**
 * Failed authentications (401) that are not recorded. Upstream's {@code authn_audit.go} records each with one event, of
 * stage ResponseStarted. They have no user, so no rule with users or userGroups matches them.
 */
public final class FailedAuthentication implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        if (!NothingRecorded.recordsAnything(analyzed)) {
            return Stream.empty();
        }
        int inPolicy = analyzed.policy().omitStages().indexOf(Stage.RESPONSE_STARTED);
        if (inPolicy >= 0) {
            return Stream.of(omitted("omitStages[" + inPolicy + "]"));
        }
        List<LintFinding> inRules = analyzed.rules()
                .filter(rule -> analyzed.records(rule)
                        && analyzed.rule(rule).omitStages().contains(Stage.RESPONSE_STARTED)
                        && analyzed.decides(rule, Callers.UNAUTHENTICATED))
                .mapToObj(rule -> omitted(RulePaths.value(
                        rule, "omitStages", analyzed.rule(rule).omitStages().indexOf(Stage.RESPONSE_STARTED))))
                .toList();
        return inRules.isEmpty() ? unmatched(analyzed) : inRules.stream();
    }

    /** Empty if other requests are not matched either: {@link NoCatchAll} reports those. */
    private static Stream<LintFinding> unmatched(AnalyzedPolicy analyzed) {
        return NoCatchAll.unmatched(analyzed).isPresent() || !analyzed.leavesUnmatched(Callers.UNAUTHENTICATED)
                ? Stream.empty()
                : Stream.of(LintFinding.of(
                        FindingCode.FAILED_AUTHENTICATION,
                        "rules",
                        "no rule matches a failed authentication (401): it has no user and no groups, and every rule that"
                                + " could match it lists users or userGroups",
                        Fix.addAtEnd(NothingRecorded.METADATA)));
    }

    private static LintFinding omitted(String path) {
        return LintFinding.of(
                FindingCode.FAILED_AUTHENTICATION,
                path,
                "a failed authentication (401) is recorded only at stage ResponseStarted, so omitting the stage hides it",
                "remove the value; of all other requests, only long-running ones such as watch have this stage");
    }
}
