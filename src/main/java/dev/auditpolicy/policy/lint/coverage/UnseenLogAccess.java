package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.Callers;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Memberships;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads of a log from the port of a kubelet. They do not pass kube-apiserver; the kubelet only asks it whether the caller may
 * (get nodes/log), and only the body of that review says who wants to read what.
 */
public final class UnseenLogAccess implements PolicyCheck {

    private static final Requests REVIEWS = Concern.clusterScoped(
                    "reviews by kubelets", "authorization.k8s.io", "subjectaccessreviews", List.of("create"))
            .among(Callers.AUTHENTICATED)
            .where(Attribute.USER_GROUPS, Memberships.inOneOf(List.of("system:nodes")));

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        if (!analyzed.context().profiles().contains(Profile.PCI) || !NothingRecorded.recordsAnything(analyzed)) {
            return Stream.empty();
        }
        Stream<LintFinding> byRules = analyzed.rules()
                .filter(rule -> !analyzed.recordsBodies(rule) && analyzed.decides(rule, REVIEWS))
                .mapToObj(rule -> finding(RulePaths.rule(rule)));
        return Stream.concat(byRules, analyzed.leavesUnmatched(REVIEWS) ? Stream.of(finding("rules")) : Stream.empty());
    }

    private static LintFinding finding(String path) {
        return new LintFinding(
                FindingCode.LOG_ACCESS,
                Severity.INFO,
                path,
                "subjectaccessreviews of kubelets are recorded without bodies, and only these show who reads the log"
                        + " at the port of a kubelet (get nodes/log)",
                "record them before this rule: - {level: Request, userGroups: [\"system:nodes\"], verbs: [create],"
                        + " resources: [{group: authorization.k8s.io, resources: [subjectaccessreviews]}]}");
    }
}
