package dev.auditpolicy.policy.decode;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
        @Nullable Boolean omitManagedFields) {}
