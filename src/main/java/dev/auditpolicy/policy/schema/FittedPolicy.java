package dev.auditpolicy.policy.schema;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A policy that means the same and respects the limits of the schema, which kube-apiserver does not have: stages are not
 * repeated, and a rule with a long list becomes several that follow each other. Each value of a list matches on its own, so the
 * rules together match what the one did, with the same outcome.
 */
public final class FittedPolicy {

    private final Schema rule;

    private FittedPolicy(Schema rule) {
        this.rule = rule;
    }

    /** The policy, with more rules if a list is too long. */
    public static Policy of(Policy policy) {
        Schema rules = field(field(field(SchemaReader.ofAuditPolicy(), "spec"), "policy"), "rules");
        FittedPolicy fitted = new FittedPolicy(rules.items().orElseThrow());
        return new Policy(
                policy.omitStages().stream().distinct().toList(),
                policy.omitManagedFields(),
                policy.rules().stream().flatMap(fitted::divided).toList());
    }

    private Stream<PolicyRule> divided(PolicyRule whole) {
        List<GroupResources> groups =
                whole.resources().stream().flatMap(this::divided).toList();
        return parts(rule, "users", whole.users()).flatMap(users -> parts(rule, "userGroups", whole.userGroups())
                .flatMap(userGroups -> parts(rule, "verbs", whole.verbs())
                        .flatMap(verbs -> parts(rule, "resources", groups)
                                .flatMap(resources -> parts(rule, "namespaces", whole.namespaces())
                                        .flatMap(namespaces -> parts(rule, "nonResourceURLs", whole.nonResourceURLs())
                                                .map(urls -> new PolicyRule(
                                                        whole.level(),
                                                        users,
                                                        userGroups,
                                                        verbs,
                                                        resources,
                                                        namespaces,
                                                        urls,
                                                        whole.omitStages().stream()
                                                                .distinct()
                                                                .toList(),
                                                        whole.omitManagedFields())))))));
    }

    private Stream<GroupResources> divided(GroupResources whole) {
        Schema group = field(rule, "resources").items().orElseThrow();
        return parts(group, "resources", whole.resources())
                .flatMap(resources -> parts(group, "resourceNames", whole.resourceNames())
                        .map(names -> new GroupResources(whole.group(), resources, names)));
    }

    /** One part for an empty list, which matches everything. */
    private static <T> Stream<List<T>> parts(Schema object, String field, List<T> list) {
        int size = field(object, field).limits().maxSize().orElse(Integer.MAX_VALUE);
        List<List<T>> parts = new ArrayList<>();
        for (int start = 0; start < list.size(); start += size) {
            parts.add(list.subList(start, Math.min(list.size(), start + size)));
        }
        return parts.isEmpty() ? Stream.of(List.of()) : parts.stream();
    }

    private static Schema field(Schema object, String name) {
        return requireNonNull(object.properties().get(name));
    }
}
