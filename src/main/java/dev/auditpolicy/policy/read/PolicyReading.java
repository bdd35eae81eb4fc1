package dev.auditpolicy.policy.read;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.PolicyProblem;
import java.util.List;

/** The result of reading a policy. */
public sealed interface PolicyReading {

    /** A policy that every kube-apiserver of the given version or newer loads. */
    record ValidPolicy(Policy policy) implements PolicyReading {}

    /** A policy with problems: all of them, at least one. */
    record InvalidPolicy(List<PolicyProblem> problems) implements PolicyReading {
        public InvalidPolicy {
            problems = List.copyOf(problems);
        }
    }
}
