package dev.auditpolicy.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the offline command can do. Exit codes: 0 clean, 1 findings, 2 wrong usage or a file that can't be read. */
@Command(
        name = "auditpolicy",
        description =
                "Reads, judges and converts Kubernetes audit policies, with no cluster; runs the operator's two roles.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ValidateCommand.class,
            LintCommand.class,
            ExplainCommand.class,
            DiffCommand.class,
            ImportCommand.class,
            RenderCommand.class,
            CompletionCommand.class
        })
public final class AuditPolicyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    /** The command with its subcommands, ready to execute. */
    public static CommandLine commandLine() {
        return new CommandLine(new AuditPolicyCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() {
        command.commandLine().usage(command.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
