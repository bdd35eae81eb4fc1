package dev.auditpolicy.policy.decode;

import java.util.List;

/**
 * A policy whose shape is right and whose values are still those of the text: what upstream's validation looks at.
 *
 * @param omitManagedFields null if absent
 */
public record DecodedPolicy(List<String> omitStages, Boolean omitManagedFields, List<DecodedRule> rules) {}
