package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.diff.Difference;
import dev.auditpolicy.policy.diff.PolicyDiff;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.tree.Position;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Reports the differences of two policies at the rules of the new one. */
record DiffReport(PolicyFile oldPolicy, PolicyFile newPolicy) {

    /** The code of a difference. */
    static final String CODE = "AP003";

    Report of(PolicyDiff diff) {
        return new Report(
                newPolicy.input(),
                diff.differences().stream().map(this::diagnostic).toList());
    }

    private Diagnostic diagnostic(Difference difference) {
        OptionalInt rule = difference.after().rule();
        return new Diagnostic(
                Severity.WARNING,
                CODE,
                "changed-meaning",
                rule.isPresent() ? newPolicy.position(rule.getAsInt()) : Position.UNKNOWN,
                rule.isPresent() ? newPolicy.path(rule.getAsInt()) : "",
                change(difference.before(), difference.after()) + ", for example for "
                        + RequestText.of(difference.example()) + "; previously decided by "
                        + decider(difference.before().rule()),
                "",
                List.of());
    }

    private String decider(OptionalInt rule) {
        if (rule.isEmpty()) {
            return "no rule";
        }
        Position position = oldPolicy.position(rule.getAsInt());
        return "rules[" + rule.getAsInt() + "]"
                + (position.equals(Position.UNKNOWN) ? "" : " (line " + position.line() + ")");
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
