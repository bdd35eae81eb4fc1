package dev.auditpolicy.policy.explain;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a policy says about a request, and the rules that were asked in vain before.
 *
 * @param evaluation as {@link dev.auditpolicy.policy.evaluate.PolicyEvaluator} has it
 * @param passedOver all rules before the one that decided, or all rules if none did
 */
public record Explanation(Evaluation evaluation, List<SkippedRule> passedOver) {

    public Explanation {
        passedOver = List.copyOf(passedOver);
    }

    /** Asks one rule after the other until one matches. */
    public static Explanation of(Policy policy, RequestAttributes request) {
        List<SkippedRule> passedOver = new ArrayList<>();
        for (int rule = 0; rule < policy.rules().size(); rule++) {
            Optional<Mismatch> mismatch = Mismatches.first(policy.rules().get(rule), request);
            if (mismatch.isEmpty()) {
                return new Explanation(Evaluation.byRule(policy, rule), passedOver);
            }
            passedOver.add(new SkippedRule(rule, mismatch.get()));
        }
        return new Explanation(Evaluation.byNoRule(policy), passedOver);
    }
}
