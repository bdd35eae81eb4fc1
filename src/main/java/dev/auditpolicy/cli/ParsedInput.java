package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.read.LocatedProblem;
import dev.auditpolicy.policy.read.PolicyFileReading;
import dev.auditpolicy.policy.read.PolicyText;
import dev.auditpolicy.policy.read.PolicyTextReader;
import dev.auditpolicy.policy.read.TextKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An input with one policy, parsed as kube-apiserver would.
 *
 * @param policy empty if it is rejected
 * @param dropped what kube-apiserver would silently drop
 * @param message the error with which kube-apiserver would exit; empty if it would start, or never reads the input
 */
record ParsedInput(
        Input input,
        Optional<Policy> policy,
        Backends backends,
        List<LocatedProblem> rejected,
        List<LocatedProblem> dropped,
        String message) {

    ParsedInput {
        rejected = List.copyOf(rejected);
        dropped = List.copyOf(dropped);
    }

    /** Parses as a kube-apiserver of that version does; for an AuditPolicy, includes its backends. */
    static ParsedInput of(Input input, KubernetesVersion version) {
        PolicyFileReading reading = new PolicyTextReader(version).read(input.content());
        Backends backends =
                TextKind.of(input.content()) == TextKind.AUDIT_POLICY ? BackendReader.read(input) : Backends.UNKNOWN;
        List<LocatedProblem> backendProblems = backends.problems().stream()
                .map(problem -> located(input, problem))
                .toList();
        return switch (reading) {
            case PolicyFileReading.Loaded loaded ->
                new ParsedInput(input, Optional.of(loaded.policy()), backends, backendProblems, loaded.ignored(), "");
            case PolicyFileReading.InvalidFile rejected ->
                new ParsedInput(
                        input,
                        Optional.empty(),
                        backends,
                        Stream.concat(rejected.problems().stream(), backendProblems.stream())
                                .toList(),
                        rejected.ignored(),
                        rejected.message());
        };
    }

    private static LocatedProblem located(Input input, PolicyProblem problem) {
        return new LocatedProblem(PolicyText.of(input.content()).position(problem.path()), problem);
    }

    /** All findings, errors first. */
    Stream<Diagnostic> diagnostics() {
        return Stream.concat(
                rejected.stream().map(Diagnostic::rejected), dropped.stream().map(Diagnostic::dropped));
    }
}
