package dev.auditpolicy.policy;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Decides as upstream's {@code pkg/audit/policy} checker does: the first rule that matches, else nothing is recorded. */
public final class PolicyEvaluator {

    private final List<Candidate> candidates;
    private final Evaluation otherwise;

    private record Candidate(RuleMatcher matcher, Evaluation evaluation) {}

    /** An evaluator of a policy. */
    public PolicyEvaluator(Policy policy) {
        candidates = IntStream.range(0, policy.rules().size())
                .mapToObj(index -> candidate(policy, index))
                .toList();
        otherwise = new Evaluation(
                OptionalInt.empty(),
                Level.NONE,
                Set.copyOf(policy.omitStages()),
                Boolean.TRUE.equals(policy.omitManagedFields()));
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

    private static Candidate candidate(Policy policy, int index) {
        PolicyRule rule = policy.rules().get(index);
        Set<Stage> omitStages = Stream.concat(policy.omitStages().stream(), rule.omitStages().stream())
                .collect(Collectors.toUnmodifiableSet());
        Boolean omitManagedFields =
                rule.omitManagedFields() != null ? rule.omitManagedFields() : policy.omitManagedFields();
        return new Candidate(
                new RuleMatcher(rule),
                new Evaluation(
                        OptionalInt.of(index), rule.level(), omitStages, Boolean.TRUE.equals(omitManagedFields)));
    }
}
