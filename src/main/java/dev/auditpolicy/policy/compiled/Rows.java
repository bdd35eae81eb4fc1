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
 * Splits rules into rows. A rule has one row, unless it lists several {@link GroupResources} that differ in more than the
 * group.
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
                            AcceptedValues.of(merged.getKey().names()),
                            AcceptedValues.NOTHING))
                    .toList();
        }
        AcceptedValues everything = AcceptedValues.EVERYTHING;
        if (!rule.namespaces().isEmpty()) {
            return List.of(
                    row(index, rule, everything, ResourcePattern.EVERYTHING, everything, AcceptedValues.NOTHING));
        }
        if (!rule.nonResourceURLs().isEmpty()) {
            AcceptedValues paths = AcceptedValues.only(rule.nonResourceURLs());
            return List.of(row(index, rule, AcceptedValues.NOTHING, ResourcePattern.NOTHING, everything, paths));
        }
        return List.of(row(index, rule, everything, ResourcePattern.EVERYTHING, everything, everything));
    }

    private static Row row(
            int index,
            PolicyRule rule,
            AcceptedValues apiGroups,
            ResourcePattern resources,
            AcceptedValues names,
            AcceptedValues paths) {
        return new Row(
                index,
                AcceptedValues.of(rule.users()),
                AcceptedValues.of(rule.userGroups()),
                AcceptedValues.of(rule.verbs()),
                AcceptedValues.of(rule.namespaces()),
                apiGroups,
                resources,
                names,
                paths);
    }

    private record ResourcesAndNames(List<String> resources, List<String> names) {}

    private static Map<ResourcesAndNames, AcceptedValues> mergedByGroup(List<GroupResources> entries) {
        var merged = new LinkedHashMap<ResourcesAndNames, AcceptedValues>();
        for (GroupResources entry : entries) {
            // Upstream compares names only if the entry lists resources.
            List<String> names = entry.resources().isEmpty() ? List.of() : entry.resourceNames();
            merged.merge(new ResourcesAndNames(entry.resources(), names), groups(entry), Rows::union);
        }
        return merged;
    }

    private static AcceptedValues groups(GroupResources entry) {
        String group = entry.group() == null ? "" : entry.group();
        return group.equals("*") ? AcceptedValues.EVERYTHING : AcceptedValues.only(Set.of(group));
    }

    private static AcceptedValues union(AcceptedValues first, AcceptedValues second) {
        if (first.everything() || second.everything()) {
            return AcceptedValues.EVERYTHING;
        }
        var values = new TreeSet<>(first.values());
        values.addAll(second.values());
        return AcceptedValues.only(values);
    }
}
