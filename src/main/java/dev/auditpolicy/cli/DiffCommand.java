package dev.auditpolicy.cli;

import dev.auditpolicy.policy.diff.PolicyDiff;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says which requests two policies record differently. */
@Command(
        name = "diff",
        description = {
            "Says which kinds of request a new policy records otherwise than the old one, with an example of each: not"
                    + " a comparison of texts but of meaning.",
            "Exit code 0: no request is recorded differently; 1: some are, or a policy is refused; 2: wrong usage, or a"
                    + " file can't be read."
        },
        mixinStandardHelpOptions = true)
public final class DiffCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Mixin
    private VersionOption version;

    @Mixin
    private ReportFormat format;

    @Parameters(
            index = "0",
            paramLabel = "OLD",
            description = "An AuditPolicy or a policy file, or a stream or directory with one; - is standard input.")
    private String older;

    @Parameters(index = "1", paramLabel = "NEW", description = "The same, for comparison.")
    private String newer;

    @Override
    public Integer call() {
        Optional<PolicyFile> before = PolicyFile.read(older, version.value(), command);
        Optional<PolicyFile> after = PolicyFile.read(newer, version.value(), command);
        if (before.isEmpty() || after.isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        PolicyDiff diff = PolicyDiff.between(before.get().policy(), after.get().policy());
        Report report = new DiffReport(before.get(), after.get()).of(diff);
        format.write(List.of(report), command);
        if (!diff.complete()) {
            command.commandLine()
                    .getErr()
                    .println("warning: the search was given up, there may be more differences: the rules of these"
                            + " policies overlap too much");
        }
        return diff.differences().isEmpty() && diff.complete() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
