package dev.auditpolicy.policy.decode;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.Names;
import java.util.List;

/** Converts a decoded and validated policy to the API types. */
public final class DecodedPolicies {

    private DecodedPolicies() {}

    public static Policy policy(DecodedPolicy policy) {
        return new Policy(
                stages(policy.omitStages()),
                policy.omitManagedFields(),
                policy.rules().stream().map(DecodedPolicies::rule).toList());
    }

    private static PolicyRule rule(DecodedRule rule) {
        return new PolicyRule(
                Names.level(rule.level()).orElseThrow(),
                rule.users(),
                rule.userGroups(),
                rule.verbs(),
                rule.resources().stream().map(DecodedPolicies::resources).toList(),
                rule.namespaces(),
                rule.nonResourceURLs(),
                stages(rule.omitStages()),
                rule.omitManagedFields());
    }

    private static GroupResources resources(DecodedResources resources) {
        return new GroupResources(resources.group(), resources.resources(), resources.resourceNames());
    }

    private static List<Stage> stages(List<String> names) {
        return names.stream().map(name -> Names.stage(name).orElseThrow()).toList();
    }
}
