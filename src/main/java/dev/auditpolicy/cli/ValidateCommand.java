package dev.auditpolicy.cli;

import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.finding.Severity;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks for each policy whether kube-apiserver would start with it. */
@Command(
        name = "validate",
        description = {
            "Check whether kube-apiserver would start with a policy.",
            "For an AuditPolicy, also check whether the API server would accept all of it. Fields that kube-apiserver"
                    + " would silently drop are reported as warnings."
        },
        exitCodeList = {
            "0:kube-apiserver would start with every policy.",
            "1:At least one policy has errors.",
            "2:Invalid usage, or a file can't be read."
        })
public final class ValidateCommand extends OfflineCommand {

    @Mixin
    private PolicyChecks checks;

    @Option(names = "--strict", description = "Treat dropped fields as errors.")
    private boolean strict;

    @Override
    public Integer call() {
        KubernetesVersion version = checks.version();
        return checks.run(
                input -> report(input, version), List.of(), diagnostic -> diagnostic.severity() == Severity.ERROR);
    }

    private Report report(Input input, KubernetesVersion version) {
        ParsedInput parsed = ParsedInput.of(input, version);
        Stream<Diagnostic> diagnostics = parsed.allDiagnostics()
                .map(diagnostic -> strict ? diagnostic.withSeverity(Severity.ERROR) : diagnostic);
        String verdict = parsed.message().isEmpty()
                ? ""
                : "kube-apiserver " + version + " would not start: loading audit policy file: " + parsed.message();
        return new Report(input, diagnostics.toList(), verdict);
    }
}
