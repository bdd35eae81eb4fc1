package dev.auditpolicy.replay;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.replay.total.Totals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What policies decide about the requests of one subject with the same attributes.
 *
 * @param older null if the log itself is what the newer one is compared with
 * @param totals to which such events are added
 * @param completed to which those of the stage ResponseComplete are added
 * @param addsRequestReceived whether the newer policy records the arrival of the request, and the older one does not
 */
record Decision(
        @Nullable Evaluation older,
        Evaluation newer,
        List<Totals> totals,
        Totals completed,
        boolean addsRequestReceived) {

    Decision {
        totals = List.copyOf(totals);
    }

    static Decision of(@Nullable Evaluation older, Evaluation newer, List<Totals> totals, Totals completed) {
        return new Decision(
                older,
                newer,
                totals,
                completed,
                recordsRequestReceived(newer) && (older == null || !recordsRequestReceived(older)));
    }

    private static boolean recordsRequestReceived(Evaluation evaluation) {
        return evaluation.level() != Level.NONE && !evaluation.omitStages().contains(Stage.REQUEST_RECEIVED);
    }
}
