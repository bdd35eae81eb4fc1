package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.fix.Fix;
import dev.auditpolicy.policy.lint.fix.NarrowedRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Requests that an item of a benchmark requires to be recorded, at any level.
 *
 * @param profile the benchmark with the item
 */
record RequiredRequests(FindingCode code, Profile profile, List<Concern> concerns) implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        // Without both stages, no rule records anything: that is NothingRecorded's finding.
        boolean omitsAll =
                analyzed.policy().omitStages().containsAll(List.of(Stage.REQUEST_RECEIVED, Stage.RESPONSE_COMPLETE));
        if (!analyzed.context().profiles().contains(profile) || omitsAll) {
            return Stream.empty();
        }
        var findings = new ArrayList<LintFinding>();
        analyzed.rules().filter(rule -> !analyzed.records(rule)).forEach(rule -> {
            List<Concern> dropped = concerns.stream()
                    .filter(concern -> analyzed.decides(rule, concern.among(analyzed.nonComponentRequests())))
                    .toList();
            if (!dropped.isEmpty()) {
                findings.add(LintFinding.of(
                        code,
                        RulePaths.rule(rule),
                        "this rule drops " + names(dropped),
                        Fix.addBefore(rules(NarrowedRule.ofUnrecorded(analyzed.rule(rule)), dropped))));
            }
        });
        List<Concern> unmatched = concerns.stream()
                .filter(concern -> analyzed.leavesUnmatched(concern.among(analyzed.nonComponentRequests())))
                .toList();
        if (!unmatched.isEmpty()) {
            findings.add(LintFinding.of(
                    code,
                    "rules",
                    "no rule matches some of the following, so they are not recorded: " + names(unmatched),
                    Fix.addAtEnd(rules(new NarrowedRule(NothingRecorded.METADATA), unmatched))));
        }
        return findings.stream();
    }

    private static String names(List<Concern> concerns) {
        return Phrases.list(concerns.stream().map(Concern::what).distinct().toList());
    }

    /** One rule for all concerns with the same verbs. */
    private static List<PolicyRule> rules(NarrowedRule base, List<Concern> concerns) {
        return concerns.stream()
                .map(Concern::verbs)
                .distinct()
                .map(verbs -> base.onResources(
                        Level.METADATA,
                        verbs.size() == Concern.ALL_VERBS.size() ? List.of() : verbs,
                        concerns.stream()
                                .filter(concern -> concern.verbs().equals(verbs))
                                .map(Concern::target)
                                .toList()))
                .toList();
    }
}
