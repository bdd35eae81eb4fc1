package dev.auditpolicy.cli;

import dev.auditpolicy.policy.diff.Difference;
import dev.auditpolicy.policy.diff.DifferenceText;
import dev.auditpolicy.policy.diff.PolicyDiff;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.tree.Position;
import java.util.List;
import java.util.OptionalInt;

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
                SourceLines.printable(DifferenceText.of(difference)) + "; previously decided by "
                        + decider(difference.before().rule()),
                "",
                List.of());
    }

    private String decider(OptionalInt rule) {
        if (rule.isEmpty()) {
            return "no rule";
        }
        Position position = oldPolicy.position(rule.getAsInt());
        return oldPolicy.ruleName(rule.getAsInt())
                + (position.equals(Position.UNKNOWN) ? "" : " (line " + position.line() + ")");
    }
}
