package dev.auditpolicy.policy.diff;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.evaluate.Evaluation;
import java.util.Set;

/** What reaches the log: evaluations that differ only in settings without effect have the same outcome. */
record Outcome(Level level, Set<Stage> omitStages, boolean omitManagedFields) {

    private static final Outcome NOTHING = new Outcome(Level.NONE, Set.of(), false);

    static Outcome of(Evaluation evaluation) {
        if (evaluation.level() == Level.NONE || evaluation.omitStages().containsAll(Set.of(Stage.values()))) {
            return NOTHING;
        }
        boolean recordsBodies = evaluation.level().compareTo(Level.REQUEST) >= 0;
        return new Outcome(
                evaluation.level(), evaluation.omitStages(), recordsBodies && evaluation.omitManagedFields());
    }

    /** Upstream's {@code authn_audit.go} records a 401 with one event, of stage ResponseStarted and without bodies. */
    static Outcome ofFailedAuthentication(Evaluation evaluation) {
        return evaluation.level() == Level.NONE || evaluation.omitStages().contains(Stage.RESPONSE_STARTED)
                ? NOTHING
                : new Outcome(evaluation.level(), Set.of(), false);
    }
}
