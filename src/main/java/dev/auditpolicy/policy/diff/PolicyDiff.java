package dev.auditpolicy.policy.diff;

import dev.auditpolicy.api.v1alpha1.Policy;
import java.util.List;

/**
 * The differences between two policies.
 *
 * @param differences sorted by the older policy's rule, then the newer's; empty if the two record every request alike
 * @param complete whether all differences were found; false if the search stopped because the policies are too complex
 */
public record PolicyDiff(List<Difference> differences, boolean complete) {

    public PolicyDiff {
        differences = List.copyOf(differences);
    }

    /**
     * Compares two policies over all possible requests, as sets rather than samples.
     *
     * @param older the policy to compare with
     */
    public static PolicyDiff between(Policy older, Policy newer) {
        return new Comparison(older, newer).run();
    }
}
