package dev.auditpolicy.policy.diff;

import dev.auditpolicy.api.v1alpha1.Policy;
import java.util.List;

/**
 * What changes from one policy to another.
 *
 * @param differences by the older policy's rule, then the newer's; empty if there is no request that the two record
 *     differently
 * @param complete whether all were found; false if the policies are so entangled that the search was given up
 */
public record PolicyDiff(List<Difference> differences, boolean complete) {

    public PolicyDiff {
        differences = List.copyOf(differences);
    }

    /**
     * Compares two policies: not samples of requests, but all that kube-apiserver can be sent, as sets.
     *
     * @param older what the changes are counted from
     */
    public static PolicyDiff between(Policy older, Policy newer) {
        return new Comparison(older, newer).run();
    }
}
