package dev.auditpolicy.policy.explain;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The decision of a policy about a request, and why earlier rules do not match.
 *
 * @param evaluation the result of {@link dev.auditpolicy.policy.evaluate.PolicyEvaluator}
 * @param skippedRules the rules before the first matching one; all rules if none matches
 */
public record Explanation(Evaluation evaluation, List<SkippedRule> skippedRules) {

    public Explanation {
        skippedRules = List.copyOf(skippedRules);
    }

    /** Compares the request with the rules in order until one matches. */
    public static Explanation of(Policy policy, RequestAttributes request) {
        var skippedRules = new ArrayList<SkippedRule>();
        for (int rule = 0; rule < policy.rules().size(); rule++) {
            Optional<Mismatch> mismatch = Mismatches.first(policy.rules().get(rule), request);
            if (mismatch.isEmpty()) {
                return new Explanation(Evaluation.byRule(policy, rule), skippedRules);
            }
            skippedRules.add(new SkippedRule(rule, mismatch.get()));
        }
        return new Explanation(Evaluation.byNoRule(policy), skippedRules);
    }
}
