package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.cli.logs.LogFiles;
import dev.auditpolicy.cli.logs.RowLimit;
import dev.auditpolicy.cli.logs.TableFormat;
import dev.auditpolicy.cli.replay.ReplayChart;
import dev.auditpolicy.cli.replay.ReplayData;
import dev.auditpolicy.cli.replay.ReplayReport;
import dev.auditpolicy.cli.replay.ReplayText;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.replay.Replay;
import dev.auditpolicy.replay.ReplayResult;
import dev.auditpolicy.replay.estimate.MissingRequests;
import dev.auditpolicy.replay.estimate.RequestMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a policy would record of real events, and how many bytes that takes. */
@Command(
        name = "replay",
        description = {
            "Show what a policy would record of the events in audit logs.",
            "Compares the number of events and bytes with those of the log, or of the policy given by --against."
        },
        exitCodeList = {
            "0:No event is recorded differently.",
            "1:Some events are recorded differently, or a policy has errors.",
            "2:Invalid usage, or a file can't be read."
        })
public final class ReplayCommand extends OfflineCommand {

    @Mixin
    private VersionOption version;

    @Mixin
    private LogFiles logFiles;

    @Mixin
    private TableFormat format;

    @Mixin
    private RowLimit limit;

    @Option(names = "--policy", paramLabel = "NEW", required = true, description = PolicyArgument.DESCRIPTION)
    private String newFile;

    @Option(
            names = "--against",
            paramLabel = "OLD",
            description = "Compare with what this policy would record, not with the log.")
    private @Nullable String oldFile;

    @Option(
            names = "--metrics",
            paramLabel = "FILE",
            description = "Also estimate what NEW would record of requests that are not in the log, from the output of"
                    + " kubectl get --raw /metrics, of the same kube-apiserver.")
    private @Nullable Path metricsFile;

    @Option(names = "--chart", paramLabel = "FILE", description = "Write a chart of the bytes to this SVG file.")
    private @Nullable Path chart;

    @Parameters(paramLabel = "LOG", arity = "1..*", description = LogFiles.DESCRIPTION)
    private List<String> logs;

    @Override
    public Integer call() {
        Optional<PolicyFile> newPolicy = PolicyFile.read(newFile, version.value(), spec());
        Optional<PolicyFile> oldPolicy =
                oldFile == null ? Optional.empty() : PolicyFile.read(oldFile, version.value(), spec());
        if (newPolicy.isEmpty() || (oldFile != null && oldPolicy.isEmpty())) {
            return ExitCode.SOFTWARE;
        }
        Optional<RequestMetrics> metrics = Optional.ofNullable(metricsFile).map(this::readMetrics);
        Policy policy = newPolicy.get().policy();
        Policy older = oldPolicy.map(PolicyFile::policy).orElse(null);
        LogFiles.Read<Replay> read = logFiles.read(logs, () -> new Replay(older, policy), (first, second) -> {
            first.add(second);
            return first;
        });
        ReplayResult result = read.counted().result();
        var report = new ReplayReport(
                oldPolicy.map(file -> file.input().name()).orElse("the log"),
                newPolicy.get().input().name(),
                read.summary(),
                result,
                rule -> ruleName(newPolicy.get(), rule),
                metrics.map(counted -> MissingRequests.of(
                                counted, policy, result::requests, result.lastSecond(), result.seconds()))
                        .orElse(null),
                limit.rows());
        write(report);
        return result.changed() == 0 && result.added().events() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void write(ReplayReport report) {
        switch (format.value()) {
            case TEXT -> new ReplayText(report).write(out());
            case JSON -> out().println(new ReplayData(report).json().toPrettyString());
            case CSV -> new ReplayData(report).writeCsv(out());
        }
        if (chart != null) {
            try {
                Files.writeString(chart, new ReplayChart(report).svg());
            } catch (IOException e) {
                throw invalidUsage("cannot write " + chart + ": "
                        + (e instanceof NoSuchFileException ? "no such directory" : Input.reason(e)));
            }
        }
    }

    private RequestMetrics readMetrics(Path file) {
        var input = Input.read(file.toString(), spec());
        var metrics = RequestMetrics.parse(new String(input.content(), StandardCharsets.UTF_8));
        if (metrics.isEmpty()) {
            throw invalidUsage(file + ": has no apiserver_request_total; write the metrics of kube-apiserver there:"
                    + " kubectl get --raw /metrics");
        }
        return metrics;
    }

    /** Such as {@code rules[3] Metadata (line 12)}. */
    static String ruleName(PolicyFile file, String label) {
        if (!label.startsWith("rules[")) {
            return label;
        }
        int rule = Integer.parseInt(label.substring("rules[".length(), label.length() - 1));
        Position position = file.position(rule);
        return file.ruleName(rule) + " "
                + Names.of(file.policy().rules().get(rule).level())
                + (position.equals(Position.UNKNOWN) ? "" : " (line " + position.line() + ")");
    }
}
