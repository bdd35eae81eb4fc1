package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.evaluate.RequestText;
import dev.auditpolicy.policy.explain.Explanation;
import dev.auditpolicy.policy.explain.SkippedRule;
import dev.auditpolicy.policy.tree.Position;
import java.io.PrintWriter;
import java.util.List;

/** Writes an explanation as text. */
final class ExplanationText {

    private final PrintWriter out;
    private final PolicyFile policy;

    ExplanationText(PrintWriter out, PolicyFile policy) {
        this.out = out;
        this.policy = policy;
    }

    void write(RequestAttributes request, Explanation explanation) {
        out.println("Request: " + SourceLines.printable(RequestText.of(request)) + ".");
        Evaluation evaluation = explanation.evaluation();
        out.println(
                evaluation.rule().isPresent()
                        ? "Decided by " + rule(evaluation.rule().getAsInt()) + ": level " + Names.of(evaluation.level())
                                + "."
                        : "No rule matches, so the level is None.");
        out.println(outcome(request, evaluation));
        if (!explanation.skippedRules().isEmpty()) {
            out.println("Earlier rules that do not match:");
        }
        for (SkippedRule passed : explanation.skippedRules()) {
            out.println("  " + rule(passed.rule()) + " "
                    + SourceLines.printable(passed.mismatch().reason()) + ".");
        }
        out.flush();
    }

    private String rule(int index) {
        Position position = policy.position(index);
        return policy.ruleName(index) + (position.equals(Position.UNKNOWN) ? "" : " (line " + position.line() + ")");
    }

    private static String outcome(RequestAttributes request, Evaluation evaluation) {
        if (evaluation.level() == Level.NONE) {
            return "Nothing is recorded.";
        }
        List<String> stages = RecordedStages.of(request, evaluation).stream()
                .map(stage -> request.user() == null
                        ? "ResponseStarted (the only stage of a failed authentication)"
                        : describe(stage))
                .toList();
        if (stages.isEmpty()) {
            return request.user() == null
                    ? "Nothing is recorded: a failed authentication (401) has only the stage ResponseStarted, which is"
                            + " omitted."
                    : "Nothing is recorded: every stage is omitted.";
        }
        return "Recorded stages: " + String.join(", ", stages) + "." + managedFields(evaluation);
    }

    private static String managedFields(Evaluation evaluation) {
        return evaluation.omitManagedFields() && evaluation.level().compareTo(Level.REQUEST) >= 0
                ? " Bodies omit metadata.managedFields."
                : "";
    }

    private static String describe(Stage stage) {
        return switch (stage) {
            case REQUEST_RECEIVED -> "RequestReceived (before the request is handled)";
            case RESPONSE_STARTED -> "ResponseStarted (when the headers are sent)";
            case RESPONSE_COMPLETE -> "ResponseComplete (with the response status)";
            case PANIC -> "Panic (if the handler panics)";
        };
    }
}
