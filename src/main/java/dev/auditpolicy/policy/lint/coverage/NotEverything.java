package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.List;
import java.util.stream.Stream;

/**
 * The check text of V-242403 requires a policy that consists of one rule, level RequestResponse. That puts every Secret
 * into the log, so a cluster that strictly follows the STIG must protect the log like its Secrets.
 */
public final class NotEverything implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        if (!analyzed.context().profiles().contains(Profile.STIG)) {
            return Stream.empty();
        }
        List<Integer> less = analyzed.rules()
                .filter(rule -> analyzed.level(rule) != Level.REQUEST_RESPONSE && analyzed.decides(rule, Requests.ALL))
                .boxed()
                .toList();
        if (less.isEmpty() && !analyzed.leavesUnmatched(Requests.ALL)) {
            return Stream.empty();
        }
        String reason = less.isEmpty()
                ? "requests that no rule matches are not recorded"
                : Phrases.rules(less) + " " + Phrases.verb(less, "records", "record") + " less than RequestResponse";
        return Stream.of(LintFinding.of(
                FindingCode.NOT_EVERYTHING,
                less.isEmpty() ? "rules" : RulePaths.field(less.getFirst(), "level"),
                reason + ", and the STIG requires all requests with their bodies",
                "document the deviation: for credentials, secret-bodies and CIS 3.2.2 require the opposite"));
    }
}
