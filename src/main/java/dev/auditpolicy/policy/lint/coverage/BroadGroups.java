package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.Callers;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.fix.Fix;
import dev.auditpolicy.policy.lint.fix.NarrowedRule;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Memberships;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rules that drop the changes of a group that anyone can be in. Whoever takes over a pod acts as its service account, and
 * all accounts are in system:serviceaccounts.
 */
public final class BroadGroups implements PolicyCheck {

    private static final Map<String, String> GROUPS = Map.of(
            "system:serviceaccounts", "the service account of every pod",
            "system:authenticated", "every user",
            "system:masters", "cluster administrators",
            "kubeadm:cluster-admins", "cluster administrators");

    private static final List<String> WRITES = List.of("create", "update", "patch", "delete", "deletecollection");

    /** What an intruder does next, as GROUP RESOURCE. */
    private static final List<String> STEPS =
            List.of(" pods", "rbac.authorization.k8s.io clusterrolebindings", "rbac.authorization.k8s.io rolebindings");

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        if (!NothingRecorded.recordsAnything(analyzed)) {
            return Stream.empty();
        }
        return analyzed.rules()
                .filter(rule ->
                        !analyzed.records(rule) && analyzed.rule(rule).users().isEmpty())
                .boxed()
                .flatMap(rule -> IntStream.range(
                                0, analyzed.rule(rule).userGroups().size())
                        .boxed()
                        .flatMap(i -> finding(analyzed, rule, i)));
    }

    private static Stream<LintFinding> finding(AnalyzedPolicy analyzed, int rule, int index) {
        PolicyRule written = analyzed.rule(rule);
        String group = written.userGroups().get(index);
        String members = GROUPS.get(group);
        return members == null || STEPS.stream().noneMatch(step -> analyzed.decides(rule, step(group, step)))
                ? Stream.empty()
                : Stream.of(LintFinding.of(
                        FindingCode.BROAD_GROUP,
                        RulePaths.value(rule, "userGroups", index),
                        "this rule drops changes by " + members + ", because " + Phrases.quoted(group)
                                + " is among its groups",
                        Fix.addBefore(NarrowedRule.ofUnrecorded(written).onVerbs(Level.METADATA, WRITES))
                                + ", or list only the users that send too many requests"));
    }

    private static Requests step(String group, String step) {
        String[] parts = step.split(" ");
        return Callers.AUTHENTICATED
                .where(Attribute.USER_GROUPS, Memberships.inOneOf(List.of(group)))
                .where(Attribute.USER_GROUPS, Memberships.outside(List.of("system:serviceaccounts:kube-system")))
                .where(Attribute.KIND, Values.of(Requests.RESOURCE))
                .where(Attribute.API_GROUP, Values.of(parts[0]))
                .where(Attribute.RESOURCE, Values.of(parts[1]))
                .where(Attribute.SUBRESOURCE, Values.of(""))
                .where(Attribute.VERB, Values.of("create"));
    }
}
