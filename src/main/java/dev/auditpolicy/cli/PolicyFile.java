package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.RuleOrigins;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.tree.Position;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * A policy that kube-apiserver would load.
 *
 * @param origins where its rules come from
 * @param backends of an AuditPolicy; {@link Backends#UNKNOWN} for a policy file
 */
record PolicyFile(Input input, Policy policy, RuleOrigins origins, Backends backends) {

    /**
     * Reads the only policy of a file or directory and prints its problems to standard error.
     *
     * @return empty if kube-apiserver would reject it
     * @throws ParameterException if it can't be read, or there is not exactly one policy
     */
    static Optional<PolicyFile> read(String name, KubernetesVersion version, CommandSpec spec) {
        return read(findOne(name, spec), version, Severity.WARNING, spec);
    }

    /** The same, with another severity for dropped parts. */
    static Optional<PolicyFile> read(
            Input input, KubernetesVersion version, Severity droppedSeverity, CommandSpec spec) {
        ParsedInput parsed = ParsedInput.of(input, version);
        List<Diagnostic> diagnostics = parsed.diagnostics()
                .map(diagnostic -> diagnostic.code().equals(Diagnostic.DROPPED)
                        ? diagnostic.withSeverity(droppedSeverity)
                        : diagnostic)
                .toList();
        new TextReport(spec.commandLine().getErr(), Ansi.OFF).write(new Report(input, diagnostics));
        return diagnostics.stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.ERROR)
                ? Optional.empty()
                : parsed.policy().map(policy -> new PolicyFile(input, policy, parsed.origins(), parsed.backends()));
    }

    /**
     * Finds the only policy of a file or directory. One in another object, such as a ConfigMap, counts only if it is alone.
     *
     * @throws ParameterException if it can't be read, or there is not exactly one policy
     */
    static Input findOne(String name, CommandSpec spec) {
        List<Input> found = new PolicySource(name, spec).policies();
        List<Input> direct =
                found.stream().filter(input -> !input.isContained()).toList();
        List<Input> policies = direct.isEmpty() ? found : direct;
        if (policies.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    name + ": contains " + policies.size() + " policies; specify a file with exactly one");
        }
        return policies.getFirst();
    }

    /** How to call a rule: {@code rules[3]}, or by its path if there are temporary rules, too. */
    String ruleName(int rule) {
        return origins.temporary().isEmpty() ? "rules[" + rule + "]" : path(rule);
    }

    /** The path of a rule, such as {@code spec.policy.rules[3]}. */
    String path(int rule) {
        return input.text().orElseThrow().isAuditPolicy() ? origins.path(rule) : "rules[" + rule + "]";
    }

    /** The position of a rule in the input. */
    Position position(int rule) {
        return input.text().orElseThrow().position(path(rule));
    }
}
