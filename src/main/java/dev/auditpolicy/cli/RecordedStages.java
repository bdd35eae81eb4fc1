package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.Arrays;
import java.util.List;

/** The stages at which a request can be recorded. */
final class RecordedStages {

    private RecordedStages() {}

    /**
     * Of a failed authentication, upstream's {@code authn_audit.go} records ResponseStarted only; of others, only long-running
     * requests have that stage.
     */
    static List<Stage> of(RequestAttributes request, Evaluation evaluation) {
        return Arrays.stream(Stage.values())
                .filter(stage -> evaluation.level() != Level.NONE
                        && !evaluation.omitStages().contains(stage)
                        && (request.user() == null
                                ? stage == Stage.RESPONSE_STARTED
                                : stage != Stage.RESPONSE_STARTED || request.isLongRunning()))
                .toList();
    }
}
