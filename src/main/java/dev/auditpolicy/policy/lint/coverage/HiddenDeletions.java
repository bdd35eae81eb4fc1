package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.fix.Fix;
import dev.auditpolicy.policy.lint.fix.NarrowedRule;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.List;
import java.util.stream.Stream;

/**
 * Deletions that a rule drops together with noise. A rule against the Events of components also drops their deletion, by
 * which an intruder hides traces. A rule for a namespace also drops requests for the Namespace itself: kube-apiserver gives
 * them its name as namespace.
 */
public final class HiddenDeletions implements PolicyCheck {

    private static final List<String> DELETIONS = List.of("delete", "deletecollection");
    private static final List<String> CHANGES = List.of("update", "patch", "delete");
    private static final List<NarrowedRule.Target> EVENTS =
            List.of(new NarrowedRule.Target("", "events"), new NarrowedRule.Target("events.k8s.io", "events"));

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        if (!NothingRecorded.recordsAnything(analyzed)) {
            return Stream.empty();
        }
        return analyzed.rules()
                .filter(rule -> !analyzed.records(rule) && isForEveryone(analyzed.rule(rule)))
                .boxed()
                .flatMap(rule -> Stream.concat(events(analyzed, rule), namespaces(analyzed, rule)));
    }

    /** A rule for some users is about them. */
    private static boolean isForEveryone(PolicyRule rule) {
        return rule.users().isEmpty() && rule.userGroups().isEmpty();
    }

    private static Stream<LintFinding> events(AnalyzedPolicy analyzed, int rule) {
        boolean aboutEvents = analyzed.rule(rule).resources().stream()
                .anyMatch(entry -> entry.resources().contains("events") || "events.k8s.io".equals(entry.group()));
        List<NarrowedRule.Target> dropped = EVENTS.stream()
                .filter(target -> aboutEvents
                        && analyzed.decides(
                                rule,
                                about(analyzed, target.group(), target.resource())
                                        .where(Attribute.VERB, Values.of(DELETIONS))))
                .toList();
        return dropped.isEmpty()
                ? Stream.empty()
                : Stream.of(LintFinding.of(
                        FindingCode.EVENT_DELETION,
                        RulePaths.rule(rule),
                        "this rule also drops the deletion of Events, by which an intruder can hide traces",
                        Fix.addBefore(NarrowedRule.ofUnrecorded(analyzed.rule(rule))
                                .onResources(Level.METADATA, DELETIONS, dropped))));
    }

    private static Stream<LintFinding> namespaces(AnalyzedPolicy analyzed, int rule) {
        PolicyRule written = analyzed.rule(rule);
        boolean aboutNamespaces =
                written.resources().stream().anyMatch(entry -> entry.resources().contains("namespaces"));
        List<String> dropped = written.namespaces().stream()
                .filter(name -> !name.isEmpty()
                        && !aboutNamespaces
                        && analyzed.decides(
                                rule,
                                about(analyzed, "", "namespaces")
                                        .where(Attribute.NAMESPACE, Values.of(name))
                                        .where(Attribute.NAME, Values.of(name))
                                        .where(Attribute.VERB, Values.of("delete"))))
                .toList();
        return dropped.isEmpty()
                ? Stream.empty()
                : Stream.of(LintFinding.of(
                        FindingCode.NAMESPACE_DELETION,
                        RulePaths.rule(rule),
                        "this rule also drops the deletion of the " + Phrases.verb(dropped, "Namespace ", "Namespaces ")
                                + Phrases.list(dropped) + Phrases.verb(dropped, " itself", " themselves")
                                + ": a request for a Namespace has its name as namespace",
                        Fix.addBefore(NarrowedRule.ofUnrecorded(written)
                                .onResources(
                                        Level.METADATA, CHANGES, List.of(new NarrowedRule.Target("", "namespaces"))))));
    }

    private static Requests about(AnalyzedPolicy analyzed, String group, String resource) {
        return analyzed.nonComponentRequests()
                .where(Attribute.KIND, Values.of(Requests.RESOURCE))
                .where(Attribute.API_GROUP, Values.of(group))
                .where(Attribute.RESOURCE, Values.of(resource))
                .where(Attribute.SUBRESOURCE, Values.of(""));
    }
}
