package dev.auditpolicy.cli;

import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.read.LocatedProblem;
import dev.auditpolicy.policy.tree.Position;
import java.util.List;

/**
 * A finding about one place of an input.
 *
 * @param code such as {@code AP101}; see also the constants
 * @param name the name of the code, such as {@code unreachable-rule}
 * @param path the field, empty for the whole input
 * @param fix what to do, as an instruction
 * @param benchmarks benchmark items that require the fix
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

    /** kube-apiserver rejects the policy. */
    static final String REJECTED = "AP001";

    /** kube-apiserver silently drops part of the policy. */
    static final String DROPPED = "AP002";

    Diagnostic {
        benchmarks = List.copyOf(benchmarks);
    }

    Diagnostic withSeverity(Severity other) {
        return new Diagnostic(other, code, name, position, path, message, fix, benchmarks);
    }

    /** A problem that keeps kube-apiserver from loading the policy. */
    static Diagnostic rejected(LocatedProblem located) {
        return of(Severity.ERROR, REJECTED, "rejected", located);
    }

    /** A part that kube-apiserver silently drops. */
    static Diagnostic dropped(LocatedProblem located) {
        return of(Severity.WARNING, DROPPED, "dropped", located);
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
