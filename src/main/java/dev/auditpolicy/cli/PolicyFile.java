package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.PolicyFileReading;
import dev.auditpolicy.policy.PolicyText;
import dev.auditpolicy.policy.Position;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The one policy of a text. */
record PolicyFile(Input input, Policy policy) {

    /**
     * Reads it, with what kube-apiserver would drop told on standard error.
     *
     * @return empty if kube-apiserver would refuse it, which is told too
     * @throws ParameterException if it can't be read, or holds more than one policy
     */
    static Optional<PolicyFile> read(String name, KubernetesVersion version, CommandSpec command) {
        List<Input> policies = new PolicySource(Input.read(name, command)).policies();
        if (policies.size() != 1) {
            throw new ParameterException(
                    command.commandLine(), name + ": " + policies.size() + " AuditPolicies: give a file with one");
        }
        Input input = policies.getFirst();
        PolicyFileReading reading = PolicySource.read(input, version);
        ProblemPrinter printer = new ProblemPrinter(command.commandLine().getErr(), input);
        reading.passedOver().forEach(printer::warning);
        return switch (reading) {
            case PolicyFileReading.Loaded loaded -> Optional.of(new PolicyFile(input, loaded.policy()));
            case PolicyFileReading.Refused refused -> {
                refused.problems().forEach(printer::error);
                yield Optional.empty();
            }
        };
    }

    /** The path of a rule, such as {@code spec.policy.rules[3]}. */
    String path(int rule) {
        return path(PolicyText.of(input.content()), rule);
    }

    /** Where a rule stands in the text. */
    Position rule(int rule) {
        PolicyText text = PolicyText.of(input.content());
        return text.position(path(text, rule));
    }

    private static String path(PolicyText text, int rule) {
        return (text.isAuditPolicy() ? "spec.policy." : "") + "rules[" + rule + "]";
    }
}
