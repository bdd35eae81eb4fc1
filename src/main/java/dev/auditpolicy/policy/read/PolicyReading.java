package dev.auditpolicy.policy.read;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.PolicyProblem;
import java.util.List;

/** What came of reading a policy. */
public sealed interface PolicyReading {

    /** A policy that every kube-apiserver of the given version or newer loads. */
    record ValidPolicy(Policy policy) implements PolicyReading {}

    /** Why it is refused: everything that is wrong, at least one thing. */
    record InvalidPolicy(List<PolicyProblem> problems) implements PolicyReading {
        public InvalidPolicy {
            problems = List.copyOf(problems);
        }
    }
}
