package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.Linter;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.finding.BenchmarkItem;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.read.PolicyText;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says what is probably not meant in policies that kube-apiserver would load. */
@Command(
        name = "lint",
        description = {
            "Finds what is probably not meant in a policy: rules that no request reaches, values that match nothing,"
                    + " secrets in the log, events that are lost.",
            "Exit code 0: nothing found, or nothing but information; 1: errors or warnings; 2: wrong usage, or a file"
                    + " can't be read."
        },
        mixinStandardHelpOptions = true)
public final class LintCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Mixin
    private VersionOption version;

    @Mixin
    private ReportFormat format;

    @Mixin
    private InputFiles files;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--profile",
            paramLabel = "NORM",
            split = ",",
            description = "Check the items about auditing of these norms too: cis (CIS Kubernetes Benchmark), stig"
                    + " (DISA Kubernetes STIG).")
    private Set<Profile> profiles = Set.of();

    @Option(
            names = "--ignore",
            paramLabel = "CODE",
            split = ",",
            description = "Leave out findings of these codes (AP401) or names (noisy-events).")
    private List<String> ignored = List.of();

    @Option(names = "--strict", description = "Exit with 1 for information too.")
    private boolean strict;

    @Override
    public Integer call() {
        KubernetesVersion judge = version.value();
        LintContext context =
                cluster.in(LintContext.of(judge).withProfiles(profiles).silencing(silenced()));
        List<Report> reports =
                files.policies().stream().map(input -> report(input, context)).toList();
        format.write(reports, command);
        boolean clean = reports.stream()
                .flatMap(report -> report.diagnostics().stream())
                .allMatch(diagnostic -> !strict && diagnostic.severity() == Severity.INFO);
        return clean ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private List<FindingCode> silenced() {
        return ignored.stream()
                .map(name -> FindingCode.find(name)
                        .orElseThrow(() -> new ParameterException(
                                command.commandLine(),
                                "--ignore " + name + ": no such code; write it as in [AP401 noisy-events]")))
                .toList();
    }

    private static Report report(Input input, LintContext context) {
        ParsedInput parsed = ParsedInput.of(input, context.oldest());
        Stream<Diagnostic> findings = parsed.refused().isEmpty()
                ? parsed.policy().stream().flatMap(policy -> findings(parsed, policy, context))
                : Stream.empty();
        return new Report(input, Stream.concat(findings, parsed.diagnostics()).toList());
    }

    private static Stream<Diagnostic> findings(ParsedInput parsed, Policy policy, LintContext context) {
        PolicyText text = PolicyText.of(parsed.input().content());
        return Linter.lint(policy, parsed.backends().log(), parsed.backends().webhook(), context).stream()
                .map(finding -> diagnostic(finding, text));
    }

    private static Diagnostic diagnostic(LintFinding finding, PolicyText text) {
        String path = text.isAuditPolicy() ? finding.pathInAuditPolicy() : finding.path();
        return new Diagnostic(
                finding.severity(),
                finding.code().id(),
                finding.code().slug(),
                text.position(path),
                path,
                finding.reason(),
                finding.fix(),
                finding.benchmarks().stream().map(BenchmarkItem::toString).toList());
    }
}
