package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.lint.check.Callers;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import java.util.List;
import java.util.stream.Stream;

/**
 * Failed authentications (401). Upstream's {@code authn_audit.go} records them with one event, of stage ResponseStarted;
 * they have no user, so no rule with users or userGroups matches them.
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
                        && analyzed.decides(rule, Callers.NOBODY))
                .mapToObj(rule -> omitted(RulePaths.value(
                        rule, "omitStages", analyzed.rule(rule).omitStages().indexOf(Stage.RESPONSE_STARTED))))
                .toList();
        return inRules.isEmpty() ? unmatched(analyzed) : inRules.stream();
    }

    /** Where others are not matched either, that is what there is to say. */
    private static Stream<LintFinding> unmatched(AnalyzedPolicy analyzed) {
        return NoCatchAll.unmatched(analyzed).isPresent() || !analyzed.leavesUnmatched(Callers.NOBODY)
                ? Stream.empty()
                : Stream.of(LintFinding.of(
                        FindingCode.FAILED_AUTHENTICATION,
                        "rules",
                        "a failed authentication (401) has neither user nor group, and every rule that could match it"
                                + " names some",
                        "end with a rule without users and userGroups"));
    }

    private static LintFinding omitted(String path) {
        return LintFinding.of(
                FindingCode.FAILED_AUTHENTICATION,
                path,
                "ResponseStarted is the only stage of a failed authentication (401): without it, none is recorded",
                "remove ResponseStarted from omitStages; other requests have it only if they are long-running, such as"
                        + " watch");
    }
}
