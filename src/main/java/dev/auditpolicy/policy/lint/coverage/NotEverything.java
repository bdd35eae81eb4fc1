package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The check text of V-242403 requires a policy that consists of one rule, level RequestResponse. That puts every Secret
 * into the log, so a cluster that strictly follows the STIG must protect the log like its Secrets.
 */
public final class NotEverything implements PolicyCheck {

    private static final PolicyRule THE_RULE = new PolicyRule(
            Level.REQUEST_RESPONSE, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null);

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
            return besideTheRule(analyzed).stream();
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

    /** An assessor who compares the file with the check text can report whatever else is in it. */
    private static Optional<LintFinding> besideTheRule(AnalyzedPolicy analyzed) {
        Policy policy = analyzed.policy();
        var present = new ArrayList<String>();
        if (!policy.omitStages().isEmpty()) {
            present.add("omitStages");
        }
        if (policy.omitManagedFields() != null) {
            present.add("omitManagedFields");
        }
        for (int i = 0; i < policy.rules().size(); i++) {
            if (i > 0 || !policy.rules().get(i).equals(THE_RULE)) {
                present.add(RulePaths.rule(i));
            }
        }
        return present.isEmpty()
                ? Optional.empty()
                : Optional.of(new LintFinding(
                        FindingCode.NOT_EVERYTHING,
                        Severity.INFO,
                        present.getFirst(),
                        "the check text of the STIG has nothing but the rule level: RequestResponse, and the policy"
                                + " has "
                                + Phrases.list(present),
                        "document the deviation, or let the policy be that one rule"));
    }
}
