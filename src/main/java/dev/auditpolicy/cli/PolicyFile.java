package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.read.PolicyText;
import dev.auditpolicy.policy.tree.Position;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The one policy that a command is about.
 *
 * @param backends where its events go, as far as that is known
 */
record PolicyFile(Input input, Policy policy, Backends backends) {

    /**
     * Reads it, with what kube-apiserver would drop told on standard error.
     *
     * @return empty if kube-apiserver would refuse it, which is told too
     * @throws ParameterException if it can't be read, or there is more than one policy
     */
    static Optional<PolicyFile> read(String name, KubernetesVersion version, CommandSpec command) {
        return read(one(name, command), version, Severity.WARNING, command);
    }

    /** The same; what would be dropped matters that much, and an error is a refusal. */
    static Optional<PolicyFile> read(Input input, KubernetesVersion version, Severity ofDropped, CommandSpec command) {
        ParsedInput parsed = ParsedInput.of(input, version);
        List<Diagnostic> diagnostics = parsed.diagnostics()
                .map(diagnostic -> diagnostic.code().equals(Diagnostic.PASSED_OVER)
                        ? diagnostic.withSeverity(ofDropped)
                        : diagnostic)
                .toList();
        new TextReport(command.commandLine().getErr(), Ansi.OFF).write(new Report(input, diagnostics));
        return diagnostics.stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.ERROR)
                ? Optional.empty()
                : parsed.policy().map(policy -> new PolicyFile(input, policy, parsed.backends()));
    }

    /**
     * The text of the only policy of a file or a directory.
     *
     * @throws ParameterException if it can't be read, or there is more than one
     */
    static Input one(String name, CommandSpec command) {
        List<Input> policies = new PolicySource(name, command).policies();
        if (policies.size() != 1) {
            throw new ParameterException(
                    command.commandLine(),
                    name + ": " + policies.size() + " policies where one is wanted: give a file with one");
        }
        return policies.getFirst();
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
