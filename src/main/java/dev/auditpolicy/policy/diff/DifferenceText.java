package dev.auditpolicy.policy.diff;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestText;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Describes a difference on one line. */
public final class DifferenceText {

    private DifferenceText() {}

    /** Such as {@code Metadata becomes None, for example for get pods by user "alice"}. */
    public static String of(Difference difference) {
        return change(difference.before(), difference.after()) + ", for example for "
                + RequestText.of(difference.example());
    }

    /** Such as {@code Metadata becomes None}; includes the stages if they change. */
    private static String change(Evaluation before, Evaluation after) {
        boolean levelOnly = before.level() == Level.NONE
                || after.level() == Level.NONE
                || (before.omitStages().equals(after.omitStages())
                        && before.omitManagedFields() == after.omitManagedFields());
        return levelOnly
                ? Names.of(before.level()) + " becomes " + Names.of(after.level())
                : outcome(before) + " becomes " + outcome(after);
    }

    private static String outcome(Evaluation evaluation) {
        String stages = Arrays.stream(Stage.values())
                .filter(stage -> !evaluation.omitStages().contains(stage))
                .map(Names::of)
                .collect(Collectors.joining(", "));
        return Names.of(evaluation.level()) + " (" + (stages.isEmpty() ? "no stages" : stages)
                + (evaluation.omitManagedFields() ? ", without managedFields" : "") + ")";
    }
}
