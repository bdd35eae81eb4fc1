package dev.auditpolicy.cli;

import dev.auditpolicy.cli.logs.LogFiles;
import dev.auditpolicy.cli.logs.RowLimit;
import dev.auditpolicy.cli.logs.TableFormat;
import dev.auditpolicy.cli.logs.TimeOptions;
import dev.auditpolicy.cli.replay.TopData;
import dev.auditpolicy.cli.replay.TopReport;
import dev.auditpolicy.cli.replay.TopText;
import dev.auditpolicy.replay.TimeRange;
import dev.auditpolicy.replay.Top;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what makes audit logs large. */
@Command(
        name = "top",
        description = {
            "Show who and what makes audit logs large.",
            "Adds up events and bytes by user, user agent, request, namespace, level, stage, rule and time."
        },
        exitCodeList = {
            "0:There are events.",
            "1:The policy has errors.",
            "2:Invalid usage, or a file can't be read, or it has no event."
        })
public final class TopCommand extends OfflineCommand {

    @Mixin
    private VersionOption version;

    @Mixin
    private LogFiles logFiles;

    @Mixin
    private TimeOptions time;

    @Mixin
    private TableFormat format;

    @Mixin
    private RowLimit limit;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Also add up by the rules of this policy. " + PolicyArgument.DESCRIPTION)
    private @Nullable String policyFile;

    @Parameters(paramLabel = "LOG", arity = "1..*", description = LogFiles.DESCRIPTION)
    private List<String> logs;

    @Override
    public Integer call() {
        Optional<PolicyFile> policy =
                policyFile == null ? Optional.empty() : PolicyFile.read(policyFile, version.value(), spec());
        if (policyFile != null && policy.isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        TimeRange range = time.range();
        LogFiles.Read<Top> read = logFiles.read(
                logs, () -> new Top(range, policy.map(PolicyFile::policy).orElse(null)), (first, second) -> {
                    first.add(second);
                    return first;
                });
        if (read.counted().all().events() == 0) {
            throw invalidUsage(
                    "no event between --since and --until: check that --since is earlier, and of which time the log is");
        }
        UnaryOperator<String> ruleNames =
                rule -> policy.map(file -> ReplayCommand.ruleName(file, rule)).orElse(rule);
        var report = new TopReport(read.summary(), read.counted(), ruleNames, limit.rows());
        switch (format.value()) {
            case TEXT -> new TopText(report).write(out());
            case JSON -> out().println(new TopData(report).json().toPrettyString());
            case CSV -> new TopData(report).writeCsv(out());
        }
        return ExitCode.OK;
    }
}
