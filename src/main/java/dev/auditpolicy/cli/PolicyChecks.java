package dev.auditpolicy.cli;

import dev.auditpolicy.policy.KubernetesVersion;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What validate and lint share: the policies to check, the version to check against and the report. */
final class PolicyChecks {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private VersionOption version;

    @Mixin
    private ReportFormat format;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Policy files, AuditPolicies, multi-document manifests, or directories that contain any of"
                    + " these. Use - for standard input.")
    private List<String> files;

    KubernetesVersion version() {
        return version.value();
    }

    KubernetesVersion versionOr(KubernetesVersion defaultVersion) {
        return version.isGiven() ? version.value() : defaultVersion;
    }

    /**
     * Checks each policy and writes one report.
     *
     * @param others what else is in the report
     * @param failing which findings make the command fail
     * @return the exit code
     * @throws ParameterException as {@link PolicySource#policies} does
     */
    int run(Function<Input, Report> check, List<Report> others, Predicate<Diagnostic> failing) {
        Stream<Report> ofPolicies = files.stream()
                .flatMap(name -> new PolicySource(name, spec).policies().stream())
                .map(check);
        List<Report> reports = Stream.concat(ofPolicies, others.stream()).toList();
        format.write(reports, spec);
        boolean failed = reports.stream()
                .flatMap(report -> report.diagnostics().stream())
                .anyMatch(failing);
        return failed ? ExitCode.SOFTWARE : ExitCode.OK;
    }
}
