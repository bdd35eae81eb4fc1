package dev.auditpolicy.policy.decode;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy with the right schema and unvalidated values: the input of upstream's validation.
 *
 * @param omitManagedFields null if absent
 */
public record DecodedPolicy(
        List<String> omitStages, @Nullable Boolean omitManagedFields, List<DecodedRule> rules) {}
