package dev.auditpolicy.cli.report;

import dev.auditpolicy.cli.report.document.HtmlRenderer;
import dev.auditpolicy.cli.report.document.TextRenderer;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.report.EvidenceReport;
import dev.auditpolicy.report.proof.ProofCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reports for auditors what the resources of a cluster prove about its audit logging. */
@Command(
        name = "report",
        description = {
            "Report for auditors what AuditPolicy and AuditNodes prove: the items of benchmarks, every kube-apiserver and its"
                    + " proof, policies, sensitive requests, retention and gaps.",
            "Use: kubectl get auditpolicy,auditnodes -o yaml | auditpolicy report --profile cis"
        },
        mixinStandardHelpOptions = true,
        descriptionHeading = "%n",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Each item is proven to be met, or its evidence is elsewhere.",
            "1:At least one item is not met or not proven.",
            "2:Invalid usage, or a file can't be read."
        })
public final class ReportCommand implements Callable<Integer> {

    private static final int MAX_BYTES = 64 * 1024 * 1024;
    private static final String STANDARD_INPUT = "-";

    enum Format {
        TEXT,
        JSON,
        HTML
    }

    private final InstantSource clock;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            split = ",",
            description = "Report on these benchmarks: cis (CIS Kubernetes Benchmark), stig (DISA Kubernetes STIG), nsa"
                    + " (Kubernetes Hardening Guide of NSA and CISA), pci (PCI DSS). Default: all; they contradict each"
                    + " other, so no policy passes them all.")
    private Set<Profile> profiles = EnumSet.allOf(Profile.class);

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Output format. One of: text, json, html (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(
            names = "--policy-text",
            description = "Append the text of each proven policy. JSON and HTML always have it.")
    private boolean policyText;

    @Option(
            names = "--title",
            paramLabel = "TEXT",
            defaultValue = "Evidence of audit logging",
            description = "Title of the report, such as the name of the cluster, which no resource contains.")
    private String title;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "What was proven at this time (RFC 3339), for an input of that time. Default: now.")
    private @Nullable Instant at;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            defaultValue = STANDARD_INPUT,
            description = "What " + DumpReader.COMMAND + " prints, as YAML or JSON. With the Nodes of the cluster in it"
                    + " (auditpolicy,auditnodes,nodes), missing AuditNodes are named. Default: standard input.")
    private List<String> files;

    /** The command, with a clock that says which proofs have expired. */
    public ReportCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        var dump = new Dump();
        try {
            files.forEach(file -> dump.add(file.equals(STANDARD_INPUT) ? "standard input" : file, read(file)));
            var asOf = (at == null ? clock.instant() : at).truncatedTo(ChronoUnit.SECONDS);
            var report = EvidenceReport.of(new DumpReader(dump).read(), profiles, asOf);
            checkTime(report);
            write(report);
            return report.passes() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (DumpException unusable) {
            throw new ParameterException(spec.commandLine(), String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private void checkTime(EvidenceReport report) {
        report.newest()
                .filter(newest -> at != null && newest.isAfter(at.plus(ProofCheck.VALIDITY)))
                .ifPresent(newest -> {
                    throw new DumpException("--at " + at + ": the input has times up to " + newest
                            + ", so it is no input of that time");
                });
    }

    private void write(EvidenceReport report) {
        var out = spec.commandLine().getOut();
        var sections = new ReportSections(report, at != null);
        switch (format) {
            case TEXT -> new TextRenderer(out).write(title, sections.all(policyText));
            case JSON -> out.println(new ReportJson(report, title).json().toPrettyString());
            case HTML -> new HtmlRenderer(out).write(title, sections.all(true));
        }
        out.flush();
    }

    private static byte[] read(String file) {
        try (InputStream stream = file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file))) {
            var content = stream.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new DumpException("cannot read " + file + ": larger than " + MAX_BYTES + " bytes");
            }
            return content;
        } catch (NoSuchFileException missing) {
            throw new DumpException("cannot read " + file + ": no such file", missing);
        } catch (IOException failure) {
            throw new DumpException("cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }
}
