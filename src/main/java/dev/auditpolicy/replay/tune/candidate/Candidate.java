package dev.auditpolicy.replay.tune.candidate;

import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.replay.traffic.KindVolume;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of a policy.
 *
 * @param step which way to make the log smaller it is
 * @param what it is about, such as {@code reads by system:kube-scheduler}
 * @param base the index of the rule that decides the requests now; -1 for a field of the policy
 * @param rule to be inserted before that one, and for some of its requests; null for a field of the policy
 * @param kinds exactly the requests that change
 */
public record Candidate(
        Step step, String what, int base, @Nullable PolicyRule rule, Set<KindVolume> kinds) {

    public Candidate {
        kinds = Collections.unmodifiableSet(kinds);
    }

    /** Whether it has a rule, and does not change a field of the policy. */
    public boolean isRule() {
        return rule != null;
    }

    /** Its rule. */
    public PolicyRule requiredRule() {
        if (rule == null) {
            throw new IllegalStateException("a field of the policy has no rule");
        }
        return rule;
    }
}
