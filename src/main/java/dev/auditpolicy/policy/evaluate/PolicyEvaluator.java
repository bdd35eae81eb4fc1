package dev.auditpolicy.policy.evaluate;

import dev.auditpolicy.api.v1alpha1.Policy;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decides as upstream's {@code pkg/audit/policy} checker does: the first rule that matches, else nothing is recorded.
 * Reads like upstream's; {@link dev.auditpolicy.policy.compiled.CompiledPolicy} says the same for many requests.
 */
public final class PolicyEvaluator {

    private final List<Candidate> candidates;
    private final Evaluation otherwise;

    private record Candidate(RuleMatcher matcher, Evaluation evaluation) {}

    /** An evaluator of a policy. */
    public PolicyEvaluator(Policy policy) {
        candidates = IntStream.range(0, policy.rules().size())
                .mapToObj(index ->
                        new Candidate(new RuleMatcher(policy.rules().get(index)), Evaluation.byRule(policy, index)))
                .toList();
        otherwise = Evaluation.byNoRule(policy);
    }

    /** What the policy says about this request. */
    public Evaluation evaluate(RequestAttributes request) {
        for (Candidate candidate : candidates) {
            if (candidate.matcher().matches(request)) {
                return candidate.evaluation();
            }
        }
        return otherwise;
    }
}
