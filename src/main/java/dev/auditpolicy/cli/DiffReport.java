package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.diff.Difference;
import dev.auditpolicy.policy.diff.PolicyDiff;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.tree.Position;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The differences of two policies as a report about the newer. */
record DiffReport(PolicyFile older, PolicyFile newer) {

    /** The code of a difference. */
    static final String CODE = "AP003";

    Report of(PolicyDiff diff) {
        return new Report(
                newer.input(), diff.differences().stream().map(this::diagnostic).toList());
    }

    private Diagnostic diagnostic(Difference difference) {
        OptionalInt rule = difference.after().rule();
        return new Diagnostic(
                Severity.WARNING,
                CODE,
                "changed-meaning",
                rule.isPresent() ? newer.rule(rule.getAsInt()) : Position.UNKNOWN,
                rule.isPresent() ? newer.path(rule.getAsInt()) : "",
                change(difference.before(), difference.after()) + ", for example "
                        + RequestText.of(difference.example()) + "; before, "
                        + decided(difference.before().rule()) + " decided",
                "",
                List.of());
    }

    private String decided(OptionalInt rule) {
        if (rule.isEmpty()) {
            return "no rule";
        }
        Position position = older.rule(rule.getAsInt());
        return "rules[" + rule.getAsInt() + "]"
                + (position.equals(Position.UNKNOWN) ? "" : " in line " + position.line());
    }

    /** Such as {@code Metadata becomes None}; stages are told if they are what changes. */
    private static String change(Evaluation before, Evaluation after) {
        boolean levelOnly = before.level() == Level.NONE
                || after.level() == Level.NONE
                || (before.omitStages().equals(after.omitStages())
                        && before.omitManagedFields() == after.omitManagedFields());
        return levelOnly
                ? LevelText.of(before.level()) + " becomes " + LevelText.of(after.level())
                : outcome(before) + " becomes " + outcome(after);
    }

    private static String outcome(Evaluation evaluation) {
        String stages = Arrays.stream(Stage.values())
                .filter(stage -> !evaluation.omitStages().contains(stage))
                .map(StageText::of)
                .collect(Collectors.joining(", "));
        return LevelText.of(evaluation.level()) + " (" + (stages.isEmpty() ? "no stage" : stages)
                + (evaluation.omitManagedFields() ? ", without managedFields" : "") + ")";
    }
}
