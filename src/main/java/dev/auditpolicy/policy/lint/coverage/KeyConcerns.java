package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What CIS 3.2.2 requires to be recorded: access to Secrets, changes to pods and deployments, and the use of pods/exec,
 * pods/portforward, pods/proxy and services/proxy. {@link SensitiveBodies} checks the rest: no bodies of Secrets,
 * ConfigMaps and TokenReviews.
 */
public final class KeyConcerns implements PolicyCheck {

    private static final List<String> WRITES = List.of("create", "update", "patch", "delete", "deletecollection");

    private record Concern(String what, String group, String resource, String subresource, List<String> verbs) {

        Requests among(Requests nonComponentRequests) {
            return nonComponentRequests
                    .where(Attribute.KIND, Values.of(Requests.RESOURCE))
                    .where(Attribute.API_GROUP, Values.of(group))
                    .where(Attribute.RESOURCE, Values.of(resource))
                    .where(Attribute.SUBRESOURCE, Values.of(subresource))
                    .where(Attribute.VERB, Values.of(verbs));
        }
    }

    private static final List<Concern> CONCERNS = List.of(
            new Concern(
                    "access to secrets",
                    "",
                    "secrets",
                    "",
                    List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection")),
            new Concern("changes to pods", "", "pods", "", WRITES),
            new Concern("changes to deployments", "apps", "deployments", "", WRITES),
            new Concern("pods/exec", "", "pods", "exec", List.of("get", "create")),
            new Concern("pods/portforward", "", "pods", "portforward", List.of("get", "create")),
            new Concern("pods/proxy", "", "pods", "proxy", List.of("get", "create", "update", "patch", "delete")),
            new Concern(
                    "services/proxy", "", "services", "proxy", List.of("get", "create", "update", "patch", "delete")));

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        if (!analyzed.context().profiles().contains(Profile.CIS)) {
            return Stream.empty();
        }
        var findings = new ArrayList<LintFinding>();
        analyzed.rules().filter(rule -> !analyzed.records(rule)).forEach(rule -> {
            List<String> dropped = CONCERNS.stream()
                    .filter(concern -> analyzed.decides(rule, concern.among(analyzed.nonComponentRequests())))
                    .map(Concern::what)
                    .toList();
            if (!dropped.isEmpty()) {
                findings.add(
                        finding(RulePaths.rule(rule), "this rule drops " + Phrases.list(dropped), "before this one"));
            }
        });
        List<String> unmatched = CONCERNS.stream()
                .filter(concern -> analyzed.leavesUnmatched(concern.among(analyzed.nonComponentRequests())))
                .map(Concern::what)
                .toList();
        if (!unmatched.isEmpty()) {
            findings.add(finding(
                    "rules",
                    "no rule matches some of the following, so they are not recorded: " + Phrases.list(unmatched),
                    "at the end"));
        }
        return findings.stream();
    }

    private static LintFinding finding(String path, String reason, String where) {
        return LintFinding.of(
                FindingCode.KEY_CONCERNS, path, reason, "add a rule with level: Metadata for them " + where);
    }
}
