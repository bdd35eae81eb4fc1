package dev.auditpolicy.cli;

import dev.auditpolicy.policy.read.LocatedProblem;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.tree.Position;
import java.util.List;

/**
 * Something to tell about a text.
 *
 * @param code how it can be silenced, such as {@code AP101}; for what kube-apiserver itself refuses or drops {@code AP001}
 * @param name the code's name, such as {@code unreachable-rule}
 * @param path the field, empty for the whole text
 * @param fix the way out, as an instruction
 * @param benchmarks items of norms
 */
record Diagnostic(
        Severity severity,
        String code,
        String name,
        Position position,
        String path,
        String message,
        String fix,
        List<String> benchmarks) {

    /** The code of what kube-apiserver refuses. */
    static final String REFUSED = "AP001";

    /** The code of what kube-apiserver drops. */
    static final String PASSED_OVER = "AP002";

    Diagnostic {
        benchmarks = List.copyOf(benchmarks);
    }

    Diagnostic withSeverity(Severity other) {
        return new Diagnostic(other, code, name, position, path, message, fix, benchmarks);
    }

    /** What keeps kube-apiserver from loading the text. */
    static Diagnostic refused(LocatedProblem located) {
        return of(Severity.ERROR, REFUSED, "refused", located);
    }

    /** What kube-apiserver drops in silence. */
    static Diagnostic passedOver(LocatedProblem located) {
        return of(Severity.WARNING, PASSED_OVER, "dropped", located);
    }

    private static Diagnostic of(Severity severity, String code, String name, LocatedProblem located) {
        return new Diagnostic(
                severity,
                code,
                name,
                located.position(),
                located.problem().path(),
                located.problem().message(),
                located.problem().remedy(),
                List.of());
    }
}
