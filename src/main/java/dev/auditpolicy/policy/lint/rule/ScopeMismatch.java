package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.cluster.BuiltInApi;
import dev.auditpolicy.policy.lint.cluster.KnownResource;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.lint.fix.Fix;
import dev.auditpolicy.policy.lint.value.ResourceEntries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Cluster-scoped resources in rules with namespaces, and namespaced resources in rules without. Namespaces themselves are
 * both: a request for a Namespace has its name as namespace.
 */
public final class ScopeMismatch implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return analyzed.rules()
                .boxed()
                .filter(rule -> !analyzed.rule(rule).namespaces().isEmpty())
                .flatMap(rule -> findings(analyzed, rule).stream());
    }

    private static List<LintFinding> findings(AnalyzedPolicy analyzed, int index) {
        PolicyRule rule = analyzed.rule(index);
        boolean withNone = rule.namespaces().contains("");
        boolean withSome = rule.namespaces().stream().anyMatch(namespace -> !namespace.isEmpty());
        var findings = new ArrayList<LintFinding>();
        for (int i = 0; i < rule.resources().size(); i++) {
            GroupResources entry = rule.resources().get(i);
            for (int j = 0; j < entry.resources().size(); j++) {
                Optional<KnownResource> resource =
                        known(analyzed, entry, entry.resources().get(j));
                String path = RulePaths.inEntry(index, i, "resources", j);
                if (resource.isPresent() && !resource.get().namespaced() && !withNone) {
                    findings.add(clusterScoped(path, resource.get().name(), rule, entry, j));
                } else if (resource.isPresent() && resource.get().namespaced() && !withSome) {
                    findings.add(namespaced(path, resource.get().name()));
                }
            }
        }
        return findings;
    }

    private static Optional<KnownResource> known(AnalyzedPolicy analyzed, GroupResources entry, String resource) {
        String name = resource.endsWith("/*") ? resource.substring(0, resource.length() - 2) : resource;
        if (name.equals("namespaces") || name.startsWith("namespaces/")) {
            return Optional.empty();
        }
        String group = ResourceEntries.group(entry);
        return Optional.ofNullable(analyzed.context().discovery())
                .flatMap(discovery -> discovery.find(group, name))
                .or(() -> BuiltInApi.RESOURCES.find(group, name));
    }

    private static boolean isOnlyOne(PolicyRule rule) {
        return rule.resources().size() == 1
                && rule.resources().getFirst().resources().size() == 1;
    }

    private static LintFinding clusterScoped(
            String path, String resource, PolicyRule rule, GroupResources entry, int index) {
        boolean isOnlyOne = isOnlyOne(rule);
        return new LintFinding(
                FindingCode.CLUSTER_SCOPED,
                isOnlyOne ? Severity.ERROR : FindingCode.CLUSTER_SCOPED.severity(),
                path,
                Phrases.quoted(resource) + " is cluster-scoped, and the rule matches only requests in namespaces"
                        + (isOnlyOne ? ", so the rule matches nothing" : ""),
                isOnlyOne
                        ? "remove namespaces: a cluster-scoped resource has none"
                        : (entry.resources().size() == 1 ? "remove the entry" : "remove the value") + ", and "
                                + Fix.addBefore(withoutNamespaces(
                                        rule,
                                        ResourceEntries.only(
                                                entry, entry.resources().get(index)))));
    }

    private static PolicyRule withoutNamespaces(PolicyRule rule, GroupResources entry) {
        return new PolicyRule(
                rule.level(),
                rule.users(),
                rule.userGroups(),
                rule.verbs(),
                List.of(entry),
                List.of(),
                List.of(),
                rule.omitStages(),
                rule.omitManagedFields());
    }

    private static LintFinding namespaced(String path, String resource) {
        return LintFinding.of(
                FindingCode.NAMESPACED,
                path,
                "with namespaces: [\"\"], the rule matches only requests for " + Phrases.quoted(resource)
                        + " across all namespaces, such as a cluster-wide list, and none in a namespace",
                "remove namespaces: the rule then matches every namespace");
    }
}
