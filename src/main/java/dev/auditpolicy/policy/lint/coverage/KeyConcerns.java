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

    private static final List<String> ALL_VERBS =
            List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");

    private record Concern(String what, String group, String resource, String subresource, List<String> verbs) {

        NarrowedRule.Target target() {
            return new NarrowedRule.Target(group, subresource.isEmpty() ? resource : resource + "/" + subresource);
        }

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
            new Concern("access to secrets", "", "secrets", "", ALL_VERBS),
            new Concern("changes to pods", "", "pods", "", WRITES),
            new Concern("changes to deployments", "apps", "deployments", "", WRITES),
            new Concern("pods/exec", "", "pods", "exec", List.of("get", "create")),
            new Concern("pods/portforward", "", "pods", "portforward", List.of("get", "create")),
            new Concern("pods/proxy", "", "pods", "proxy", List.of("get", "create", "update", "patch", "delete")),
            new Concern(
                    "services/proxy", "", "services", "proxy", List.of("get", "create", "update", "patch", "delete")));

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        // Without both stages, no rule records anything: that is NothingRecorded's finding.
        boolean omitsAll =
                analyzed.policy().omitStages().containsAll(List.of(Stage.REQUEST_RECEIVED, Stage.RESPONSE_COMPLETE));
        if (!analyzed.context().profiles().contains(Profile.CIS) || omitsAll) {
            return Stream.empty();
        }
        var findings = new ArrayList<LintFinding>();
        analyzed.rules().filter(rule -> !analyzed.records(rule)).forEach(rule -> {
            List<Concern> dropped = CONCERNS.stream()
                    .filter(concern -> analyzed.decides(rule, concern.among(analyzed.nonComponentRequests())))
                    .toList();
            if (!dropped.isEmpty()) {
                findings.add(finding(
                        RulePaths.rule(rule),
                        "this rule drops " + names(dropped),
                        Fix.addBefore(rules(NarrowedRule.ofUnrecorded(analyzed.rule(rule)), dropped))));
            }
        });
        List<Concern> unmatched = CONCERNS.stream()
                .filter(concern -> analyzed.leavesUnmatched(concern.among(analyzed.nonComponentRequests())))
                .toList();
        if (!unmatched.isEmpty()) {
            findings.add(finding(
                    "rules",
                    "no rule matches some of the following, so they are not recorded: " + names(unmatched),
                    Fix.addAtEnd(rules(new NarrowedRule(NothingRecorded.METADATA), unmatched))));
        }
        return findings.stream();
    }

    private static String names(List<Concern> concerns) {
        return Phrases.list(concerns.stream().map(Concern::what).toList());
    }

    /** One rule for all concerns with the same verbs. */
    private static List<PolicyRule> rules(NarrowedRule base, List<Concern> concerns) {
        return concerns.stream()
                .map(Concern::verbs)
                .distinct()
                .map(verbs -> base.onResources(
                        Level.METADATA,
                        verbs.size() == ALL_VERBS.size() ? List.of() : verbs,
                        concerns.stream()
                                .filter(concern -> concern.verbs().equals(verbs))
                                .map(Concern::target)
                                .toList()))
                .toList();
    }

    private static LintFinding finding(String path, String reason, String fix) {
        return LintFinding.of(FindingCode.KEY_CONCERNS, path, reason, fix);
    }
}
