package dev.auditpolicy.policy;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a policy says about a request.
 *
 * @param rule the index of the rule that decided; empty if none matches
 * @param omitStages the stages for which nothing is recorded
 * @param omitManagedFields whether recorded bodies lack metadata.managedFields
 */
public record Evaluation(OptionalInt rule, Level level, Set<Stage> omitStages, boolean omitManagedFields) {

    public Evaluation {
        omitStages = Set.copyOf(omitStages);
    }
}
