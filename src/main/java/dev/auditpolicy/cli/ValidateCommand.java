package dev.auditpolicy.cli;

import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.finding.Severity;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says of each policy whether a kube-apiserver would start with it. */
@Command(
        name = "validate",
        description = {
            "Says whether kube-apiserver would start with a policy, and of an AuditPolicy whether its policy and the"
                    + " settings of its backends are right.",
            "What kube-apiserver would drop without refusing the file is a warning.",
            "Exit code 0: it would start with every policy; 1: not with one; 2: wrong usage, or a file can't be read."
        },
        mixinStandardHelpOptions = true)
public final class ValidateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Mixin
    private VersionOption version;

    @Mixin
    private ReportFormat format;

    @Mixin
    private InputFiles files;

    @Option(names = "--strict", description = "Take what would be dropped for an error.")
    private boolean strict;

    @Override
    public Integer call() {
        KubernetesVersion judge = version.value();
        List<Report> reports =
                files.policies().stream().map(input -> report(input, judge)).toList();
        format.write(reports, command);
        boolean clean = reports.stream()
                .flatMap(report -> report.diagnostics().stream())
                .noneMatch(diagnostic -> diagnostic.severity() == Severity.ERROR);
        return clean ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Report report(Input input, KubernetesVersion judge) {
        ParsedInput parsed = ParsedInput.of(input, judge);
        Stream<Diagnostic> diagnostics =
                parsed.diagnostics().map(diagnostic -> strict ? diagnostic.withSeverity(Severity.ERROR) : diagnostic);
        String verdict = parsed.message().isEmpty()
                ? ""
                : "kube-apiserver " + judge + " would not start: loading audit policy file: " + parsed.message();
        return new Report(input, diagnostics.toList(), verdict);
    }
}
