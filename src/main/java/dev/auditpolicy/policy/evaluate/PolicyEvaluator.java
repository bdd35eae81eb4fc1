package dev.auditpolicy.policy.evaluate;

import dev.auditpolicy.api.v1alpha1.Policy;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Evaluates like upstream's {@code pkg/audit/policy} evaluator: the first matching rule decides; without one, nothing is
 * recorded. For many requests, {@link dev.auditpolicy.policy.compiled.CompiledPolicy} gives the same results faster.
 */
public final class PolicyEvaluator {

    private final List<Candidate> candidates;
    private final Evaluation noMatch;

    private record Candidate(RuleMatcher matcher, Evaluation evaluation) {}

    /** An evaluator for a policy. */
    public PolicyEvaluator(Policy policy) {
        candidates = IntStream.range(0, policy.rules().size())
                .mapToObj(index ->
                        new Candidate(new RuleMatcher(policy.rules().get(index)), Evaluation.byRule(policy, index)))
                .toList();
        noMatch = Evaluation.byNoRule(policy);
    }

    /** The decision of the policy about a request. */
    public Evaluation evaluate(RequestAttributes request) {
        for (Candidate candidate : candidates) {
            if (candidate.matcher().matches(request)) {
                return candidate.evaluation();
            }
        }
        return noMatch;
    }
}
