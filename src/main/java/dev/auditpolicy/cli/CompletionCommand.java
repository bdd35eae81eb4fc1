package dev.auditpolicy.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes what a shell needs to complete the command. */
@Command(
        name = "completion",
        description = {
            "Prints a script for completion in bash and zsh.",
            "In ~/.bashrc: source <(auditpolicy completion)"
        },
        mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {

    /** Values of enums, which people write in lower case. */
    private static final Pattern VALUES = Pattern.compile("(?<=_option_args=)\\([^)]*\\)");

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        CommandSpec root = command.root();
        PrintWriter out = command.commandLine().getOut();
        out.print(VALUES.matcher(AutoComplete.bash(root.name(), root.commandLine()))
                .replaceAll(values -> values.group().toLowerCase(Locale.ROOT)));
        out.flush();
        return ExitCode.OK;
    }
}
