package dev.auditpolicy.policy.evaluate;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The decision of a policy about a request.
 *
 * @param rule the index of the first matching rule; empty if none matches
 * @param omitStages the stages without an event
 * @param omitManagedFields whether recorded bodies omit metadata.managedFields
 */
public record Evaluation(OptionalInt rule, Level level, Set<Stage> omitStages, boolean omitManagedFields) {

    public Evaluation {
        omitStages = Set.copyOf(omitStages);
    }

    /** The decision about a request whose first matching rule has this index. */
    public static Evaluation byRule(Policy policy, int index) {
        PolicyRule rule = policy.rules().get(index);
        Set<Stage> omitStages = Stream.concat(policy.omitStages().stream(), rule.omitStages().stream())
                .collect(Collectors.toUnmodifiableSet());
        Boolean omitManagedFields =
                rule.omitManagedFields() != null ? rule.omitManagedFields() : policy.omitManagedFields();
        return new Evaluation(OptionalInt.of(index), rule.level(), omitStages, Boolean.TRUE.equals(omitManagedFields));
    }

    /** The decision about a request that no rule matches: upstream's default level is None. */
    public static Evaluation byNoRule(Policy policy) {
        return new Evaluation(
                OptionalInt.empty(),
                Level.NONE,
                Set.copyOf(policy.omitStages()),
                Boolean.TRUE.equals(policy.omitManagedFields()));
    }
}
