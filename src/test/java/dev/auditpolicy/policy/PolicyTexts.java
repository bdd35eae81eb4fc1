package dev.auditpolicy.policy;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.read.PolicyReader;
import dev.auditpolicy.policy.read.PolicyReading;

/** Policies for tests, from YAML. */
public final class PolicyTexts {

    private PolicyTexts() {}

    /** Reads the fields of a policy; fails the test if the policy is invalid. */
    public static Policy specPolicy(String yaml) {
        return switch (new PolicyReader(KubernetesVersion.NEWEST_KNOWN).read(Vectors.yaml(yaml), "spec.policy")) {
            case PolicyReading.ValidPolicy read -> read.policy();
            case PolicyReading.InvalidPolicy invalid -> throw new AssertionError(invalid.problems());
        };
    }
}
