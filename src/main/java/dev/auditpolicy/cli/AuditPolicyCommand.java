package dev.auditpolicy.cli;

import dev.auditpolicy.cli.enroll.EnrollCommand;
import dev.auditpolicy.cli.report.ReportCommand;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            InitCommand.class,
            ValidateCommand.class,
            LintCommand.class,
            ExplainCommand.class,
            DiffCommand.class,
            ReplayCommand.class,
            TopCommand.class,
            TuneCommand.class,
            ImportCommand.class,
            RenderCommand.class,
            ReportCommand.class,
            EnrollCommand.class,
            CompletionCommand.class
        })
public final class AuditPolicyCommand implements Callable<Integer> {

    private static final Pattern ENUM_VALUES = Pattern.compile("(?<=expected one of )\\[[A-Z_, ]+\\]");

    private final InstantSource clock;

    @Spec
    private CommandSpec spec;

    private AuditPolicyCommand(InstantSource clock) {
        this.clock = clock;
    }

    /** The present time for a subcommand. */
    static Instant now(CommandSpec spec) {
        return spec.root().userObject() instanceof AuditPolicyCommand root ? root.clock.instant() : Instant.EPOCH;
    }

    /**
     * The command with its subcommands, ready to execute.
     *
     * @param clock says whether certificates have expired, and which temporary rules apply
     */
    public static CommandLine commandLine(InstantSource clock) {
        return new CommandLine(new AuditPolicyCommand(clock), new CommandFactory(clock))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, failed, _) -> reportInvalidInput(exception, failed))
                .setParameterExceptionHandler((exception, _) -> reportInvalidUsage(exception));
    }

    /** As kubectl does: the error and a pointer to the help, not the help itself. */
    private static int reportInvalidUsage(ParameterException exception) {
        CommandLine failed = exception.getCommandLine();
        PrintWriter err = failed.getErr();
        // picocli starts some of its messages with "Error: ".
        String message = String.valueOf(exception.getMessage()).replaceFirst("^Error: ", "");
        // It lists the names of Java's constants.
        err.println("error: "
                + ENUM_VALUES
                        .matcher(message)
                        .replaceAll(values -> Matcher.quoteReplacement(
                                values.group().toLowerCase(Locale.ROOT).replace('_', '-'))));
        UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("See '" + failed.getCommandSpec().qualifiedName() + " --help' for usage.");
        return failed.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int reportInvalidInput(Exception exception, CommandLine failed) throws Exception {
        if (!(exception instanceof InvalidInputException)) {
            throw exception;
        }
        failed.getErr().println("error: " + SourceLines.printable(String.valueOf(exception.getMessage())));
        return ExitCode.SOFTWARE;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
