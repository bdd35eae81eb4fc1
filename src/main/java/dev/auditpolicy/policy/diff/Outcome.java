package dev.auditpolicy.policy.diff;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.evaluate.Evaluation;
import java.util.Set;

/** What ends up in the log: two evaluations that differ only in what has no effect are one outcome. */
record Outcome(Level level, Set<Stage> omitStages, boolean omitManagedFields) {

    private static final Outcome NOTHING = new Outcome(Level.NONE, Set.of(), false);

    static Outcome of(Evaluation evaluation) {
        if (evaluation.level() == Level.NONE || evaluation.omitStages().containsAll(Set.of(Stage.values()))) {
            return NOTHING;
        }
        boolean bodies = evaluation.level().compareTo(Level.REQUEST) >= 0;
        return new Outcome(evaluation.level(), evaluation.omitStages(), bodies && evaluation.omitManagedFields());
    }
}
