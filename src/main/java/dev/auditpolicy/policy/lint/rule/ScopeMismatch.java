package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.check.Check;
import dev.auditpolicy.policy.lint.check.Subject;
import dev.auditpolicy.policy.lint.cluster.BuiltInApi;
import dev.auditpolicy.policy.lint.cluster.KnownResource;
import dev.auditpolicy.policy.lint.finding.Code;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Place;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.lint.finding.Words;
import dev.auditpolicy.policy.lint.value.Entries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Resources without namespace in rules for namespaces, and the reverse. The namespaces themselves are both: a request
 * for a Namespace has its name as namespace.
 */
public final class ScopeMismatch implements Check {

    @Override
    public Stream<LintFinding> check(Subject subject) {
        return subject.rules()
                .boxed()
                .filter(rule -> !subject.rule(rule).namespaces().isEmpty())
                .flatMap(rule -> findings(subject, rule).stream());
    }

    private static List<LintFinding> findings(Subject subject, int index) {
        PolicyRule rule = subject.rule(index);
        boolean withNone = rule.namespaces().contains("");
        boolean withSome = rule.namespaces().stream().anyMatch(namespace -> !namespace.isEmpty());
        List<LintFinding> findings = new ArrayList<>();
        for (int i = 0; i < rule.resources().size(); i++) {
            GroupResources entry = rule.resources().get(i);
            for (int j = 0; j < entry.resources().size(); j++) {
                Optional<KnownResource> resource =
                        known(subject, entry, entry.resources().get(j));
                String path = Place.inEntry(index, i, "resources", j);
                if (resource.isPresent() && !resource.get().namespaced() && !withNone) {
                    findings.add(clusterScoped(path, resource.get().name(), isOnlyOne(rule)));
                } else if (resource.isPresent() && resource.get().namespaced() && !withSome) {
                    findings.add(namespaced(path, resource.get().name()));
                }
            }
        }
        return findings;
    }

    private static Optional<KnownResource> known(Subject subject, GroupResources entry, String resource) {
        String name = resource.endsWith("/*") ? resource.substring(0, resource.length() - 2) : resource;
        if (name.equals("namespaces") || name.startsWith("namespaces/")) {
            return Optional.empty();
        }
        String group = Entries.group(entry);
        return Optional.ofNullable(subject.context().discovery())
                .flatMap(discovery -> discovery.find(group, name))
                .or(() -> BuiltInApi.RESOURCES.find(group, name));
    }

    private static boolean isOnlyOne(PolicyRule rule) {
        return rule.resources().size() == 1
                && rule.resources().getFirst().resources().size() == 1;
    }

    private static LintFinding clusterScoped(String path, String resource, boolean isOnlyOne) {
        return new LintFinding(
                Code.CLUSTER_SCOPED,
                isOnlyOne ? Severity.ERROR : Code.CLUSTER_SCOPED.severity(),
                path,
                Words.quoted(resource) + " are in no namespace, and the rule is for namespaces only"
                        + (isOnlyOne ? ", so it matches nothing" : ""),
                "move it to a rule without namespaces, or add \"\" to namespaces");
    }

    private static LintFinding namespaced(String path, String resource) {
        return LintFinding.of(
                Code.NAMESPACED,
                path,
                "with namespaces [\"\"] the rule matches of " + Words.quoted(resource)
                        + " only requests over all namespaces, such as a list, and none in a namespace",
                "remove namespaces to match every namespace");
    }
}
