package dev.auditpolicy.controller.plan;

import dev.auditpolicy.api.v1alpha1.Message;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.RolloutPlan;
import dev.auditpolicy.policy.diff.Difference;
import dev.auditpolicy.policy.diff.DifferenceText;
import dev.auditpolicy.policy.diff.PolicyDiff;
import java.util.List;

/**
 * The kinds of requests that two policies record differently.
 *
 * @param first some of them, described
 * @param count of all
 */
record PolicyChanges(List<String> first, int count) {

    static final PolicyChanges NONE = new PolicyChanges(List.of(), 0);

    private static final int MAX_LENGTH = 1024;

    PolicyChanges {
        first = List.copyOf(first);
    }

    static PolicyChanges between(Policy older, Policy newer) {
        var differences = PolicyDiff.between(older, newer).differences();
        return new PolicyChanges(
                differences.stream()
                        .limit(RolloutPlan.MAX_CHANGES)
                        .map(PolicyChanges::describe)
                        .toList(),
                differences.size());
    }

    private static String describe(Difference difference) {
        var rule = difference.after().rule();
        return Message.bounded(
                DifferenceText.of(difference) + " ("
                        + (rule.isPresent() ? "decided by rules[" + rule.getAsInt() + "]" : "no rule matches") + ")",
                MAX_LENGTH);
    }
}
