package dev.auditpolicy.policy.decode;

import java.util.List;

/**
 * One rule of a {@link DecodedPolicy}.
 *
 * @param level empty if absent
 * @param omitManagedFields null if absent
 */
public record DecodedRule(
        String level,
        List<String> users,
        List<String> userGroups,
        List<String> verbs,
        List<DecodedResources> resources,
        List<String> namespaces,
        List<String> nonResourceURLs,
        List<String> omitStages,
        Boolean omitManagedFields) {}
