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
 * A text with one policy, read.
 *
 * @param policy empty if it is refused
 * @param dropped what kube-apiserver would drop without refusing the text
 * @param message why it would not start, in its own words; empty if it would, or never gets that far
 */
record Examined(
        Input input,
        Optional<Policy> policy,
        Backends backends,
        List<LocatedProblem> refused,
        List<LocatedProblem> dropped,
        String message) {

    Examined {
        refused = List.copyOf(refused);
        dropped = List.copyOf(dropped);
    }

    /** Reads it as a kube-apiserver of that version does; of an AuditPolicy, its backends too. */
    static Examined of(Input input, KubernetesVersion version) {
        PolicyFileReading reading = new PolicyTextReader(version).read(input.content());
        Backends backends =
                TextKind.of(input.content()) == TextKind.AUDIT_POLICY ? BackendReader.read(input) : Backends.UNKNOWN;
        List<LocatedProblem> inBackends = backends.problems().stream()
                .map(problem -> located(input, problem))
                .toList();
        return switch (reading) {
            case PolicyFileReading.Loaded loaded ->
                new Examined(input, Optional.of(loaded.policy()), backends, inBackends, loaded.ignored(), "");
            case PolicyFileReading.InvalidFile invalid ->
                new Examined(
                        input,
                        Optional.empty(),
                        backends,
                        Stream.concat(invalid.problems().stream(), inBackends.stream())
                                .toList(),
                        invalid.ignored(),
                        invalid.message());
        };
    }

    private static LocatedProblem located(Input input, PolicyProblem problem) {
        return new LocatedProblem(PolicyText.of(input.content()).position(problem.path()), problem);
    }

    /** Everything that was found, what is refused first. */
    Stream<Diagnostic> diagnostics() {
        return Stream.concat(
                refused.stream().map(Diagnostic::refused), dropped.stream().map(Diagnostic::passedOver));
    }
}
