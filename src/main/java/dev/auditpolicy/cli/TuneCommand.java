package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.cli.logs.LogFiles;
import dev.auditpolicy.cli.logs.TimeOptions;
import dev.auditpolicy.cli.replay.Figures;
import dev.auditpolicy.cli.tune.BudgetConverter;
import dev.auditpolicy.cli.tune.TuneData;
import dev.auditpolicy.cli.tune.TuneFormat;
import dev.auditpolicy.cli.tune.TuneReport;
import dev.auditpolicy.cli.tune.TuneText;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.replay.TimeRange;
import dev.auditpolicy.replay.traffic.Traffic;
import dev.auditpolicy.replay.tune.Budget;
import dev.auditpolicy.replay.tune.Proposal;
import dev.auditpolicy.replay.tune.TuneCheck;
import dev.auditpolicy.replay.tune.Tuner;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proposes changes of a policy that keep a log under a budget. */
@Command(
        name = "tune",
        description = {
            "Propose changes of a policy that keep the audit log under a budget.",
            "Reads and health checks of programs, heartbeats, Events, RequestReceived and bodies are left out as far as"
                    + " needed. Access to credentials, changes of rights and of the audit policy, sessions, impersonation and"
                    + " refused requests stay. The log is then replayed under the changed policy."
        },
        exitCodeList = {
            "0:The log keeps the budget, or does with the proposed changes.",
            "1:The budget cannot be kept without what must stay in the log, or the policy has errors.",
            "2:Invalid usage, or a file can't be read, or it has no event."
        })
public final class TuneCommand extends OfflineCommand {

    @Mixin
    private VersionOption version;

    @Mixin
    private LogFiles logFiles;

    @Mixin
    private TimeOptions time;

    @Mixin
    private TuneFormat format;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            required = true,
            description = "The policy to change, which recorded the logs. " + PolicyArgument.DESCRIPTION)
    private String policyFile;

    @Option(
            names = "--budget",
            paramLabel = "SIZE/TIME",
            required = true,
            converter = BudgetConverter.class,
            description = "How much the log may grow, before compression: 2GB/day, 500MiB/h, 20kB/s.")
    private Budget budget;

    @Option(
            names = "--keep",
            paramLabel = "PROFILE",
            split = ",",
            defaultValue = "cis",
            description =
                    "Propose nothing by which lint --profile finds more: cis (CIS Kubernetes Benchmark), stig (DISA"
                            + " Kubernetes STIG), nsa (Kubernetes Hardening Guide of NSA and CISA), pci (PCI DSS) (default:"
                            + " ${DEFAULT-VALUE}).")
    private Set<Profile> kept = Set.of();

    @Parameters(paramLabel = "LOG", arity = "1..*", description = LogFiles.FILES + " They are read twice.")
    private List<String> logs;

    @Override
    public Integer call() {
        if (logs.contains("-")) {
            throw invalidUsage("LOG -: tune reads the log twice, to check its proposal; write it to a file first");
        }
        Optional<PolicyFile> file = PolicyFile.read(policyFile, version.value(), spec());
        if (file.isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        TimeRange range = time.range();
        Policy policy = file.get().policy();
        Traffic traffic = logFiles.read(logs, () -> new Traffic(range, policy), (first, second) -> {
                    first.add(second);
                    return first;
                })
                .counted();
        requireTime(traffic);
        Proposal proposal = new Tuner(
                        traffic,
                        version.value(),
                        kept,
                        isStrict(file.get()),
                        file.get().origins().temporary().size())
                .propose(budget.bytesIn(traffic.seconds()));
        TuneCheck check = proposal.changes().isEmpty()
                ? new TuneCheck(range, policy, policy)
                : replayed(range, policy, proposal.tuned().policy());
        var report = new TuneReport(
                file.get().input().name(),
                budget,
                kept,
                rule -> ReplayCommand.ruleName(file.get(), "rules[" + rule + "]"),
                proposal,
                check);
        write(report, file.get());
        return report.isKept() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private TuneCheck replayed(TimeRange range, Policy policy, Policy tuned) {
        return logFiles.readAgain(logs, () -> new TuneCheck(range, policy, tuned), (first, second) -> {
            first.add(second);
            return first;
        });
    }

    private void requireTime(Traffic traffic) {
        if (traffic.events() == 0) {
            throw invalidUsage(
                    "no event between --since and --until: check that --since is earlier, and of which time the log is");
        }
        if (!traffic.hasTimes()) {
            throw invalidUsage(
                    "no event has a stageTimestamp or requestReceivedTimestamp, so nothing says how fast the log"
                            + " grows; use a log with all fields of the events");
        }
        if (traffic.seconds() == 0) {
            throw invalidUsage(
                    "all events are of the same second, so nothing says how fast the log grows; use a log of at"
                            + " least an hour, better of a whole day");
        }
        if (traffic.seconds() < TuneReport.SHORT) {
            err().println("warning: the log is of " + Figures.duration(traffic.seconds())
                    + " only, and a day is estimated from them; use a log of at least an hour, better of a whole"
                    + " day");
        }
        if (traffic.lacksArrivals()) {
            err().println("warning: the log has no event of the stage RequestReceived, but " + policyFile
                    + " records it: use the policy that recorded the log");
        }
        if (traffic.isFull()) {
            err().println("warning: there are too many kinds of requests to tell all of them apart; --since and --until"
                    + " restrict the log");
        }
    }

    /** With this mode, a request is refused if its RequestReceived event cannot be recorded. */
    private static boolean isStrict(PolicyFile file) {
        LogBackend log = file.backends().log();
        return log != null && log.mode() == Mode.BLOCKING_STRICT;
    }

    private void write(TuneReport report, PolicyFile file) {
        switch (format.value()) {
            case TEXT -> new TuneText(report).write(out());
            case JSON ->
                out().println(new TuneData(report)
                        .json(new TunedText(file, version.value(), err()).of(report))
                        .toPrettyString());
            case YAML -> {
                out().print(new TunedText(file, version.value(), err()).of(report));
                out().flush();
                if (!report.isKept()) {
                    err().println("warning: the budget is not kept; the output as text says what remains and why");
                }
            }
        }
    }
}
