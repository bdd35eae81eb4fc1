package dev.auditpolicy.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root command. Exit codes of its subcommands: 0 clean, 1 findings, 2 invalid usage or an unreadable file. */
@Command(
        name = "auditpolicy",
        description = "Validate, lint, explain, compare and convert Kubernetes audit policies without a cluster.",
        mixinStandardHelpOptions = true,
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
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
    private CommandSpec spec;

    /** The command with its subcommands, ready to execute. */
    public static CommandLine commandLine() {
        return new CommandLine(new AuditPolicyCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((exception, _) -> reportInvalidUsage(exception));
    }

    /** As kubectl does: the error and a pointer to the help, not the help itself. */
    private static int reportInvalidUsage(ParameterException exception) {
        CommandLine failed = exception.getCommandLine();
        PrintWriter err = failed.getErr();
        // picocli starts some of its messages with "Error: ".
        err.println("error: " + String.valueOf(exception.getMessage()).replaceFirst("^Error: ", ""));
        UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("See '" + failed.getCommandSpec().qualifiedName() + " --help' for usage.");
        return failed.getCommandSpec().exitCodeOnInvalidInput();
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
