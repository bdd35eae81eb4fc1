package dev.auditpolicy.policy.compiled;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Takes rules apart into rows. A rule has one, unless it lists several {@link GroupResources} that differ in more than
 * the group.
 */
final class Rows {

    private Rows() {}

    /** The rows of all rules, in the order of the rules. */
    static List<Row> of(List<PolicyRule> rules) {
        return IntStream.range(0, rules.size())
                .boxed()
                .flatMap(index -> of(index, rules.get(index)).stream())
                .toList();
    }

    private static List<Row> of(int index, PolicyRule rule) {
        if (!rule.resources().isEmpty()) {
            return mergedByGroup(rule.resources()).entrySet().stream()
                    .map(merged -> row(
                            index,
                            rule,
                            merged.getValue(),
                            ResourcePattern.of(merged.getKey().resources()),
                            Accepted.of(merged.getKey().names()),
                            Accepted.NOTHING))
                    .toList();
        }
        Accepted everything = Accepted.EVERYTHING;
        if (!rule.namespaces().isEmpty()) {
            return List.of(row(index, rule, everything, ResourcePattern.EVERYTHING, everything, Accepted.NOTHING));
        }
        if (!rule.nonResourceURLs().isEmpty()) {
            Accepted paths = Accepted.only(rule.nonResourceURLs());
            return List.of(row(index, rule, Accepted.NOTHING, ResourcePattern.NOTHING, everything, paths));
        }
        return List.of(row(index, rule, everything, ResourcePattern.EVERYTHING, everything, everything));
    }

    private static Row row(
            int index, PolicyRule rule, Accepted apiGroups, ResourcePattern resources, Accepted names, Accepted paths) {
        return new Row(
                index,
                Accepted.of(rule.users()),
                Accepted.of(rule.userGroups()),
                Accepted.of(rule.verbs()),
                Accepted.of(rule.namespaces()),
                apiGroups,
                resources,
                names,
                paths);
    }

    private record ResourcesAndNames(List<String> resources, List<String> names) {}

    private static Map<ResourcesAndNames, Accepted> mergedByGroup(List<GroupResources> entries) {
        Map<ResourcesAndNames, Accepted> merged = new LinkedHashMap<>();
        for (GroupResources entry : entries) {
            // Upstream looks at names only where it looks at resources.
            List<String> names = entry.resources().isEmpty() ? List.of() : entry.resourceNames();
            merged.merge(new ResourcesAndNames(entry.resources(), names), groups(entry), Rows::either);
        }
        return merged;
    }

    private static Accepted groups(GroupResources entry) {
        String group = entry.group() == null ? "" : entry.group();
        return group.equals("*") ? Accepted.EVERYTHING : Accepted.only(Set.of(group));
    }

    private static Accepted either(Accepted first, Accepted second) {
        if (first.everything() || second.everything()) {
            return Accepted.EVERYTHING;
        }
        Set<String> values = new TreeSet<>(first.values());
        values.addAll(second.values());
        return Accepted.only(values);
    }
}
