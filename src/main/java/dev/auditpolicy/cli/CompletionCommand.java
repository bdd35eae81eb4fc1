package dev.auditpolicy.cli;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** Prints a shell completion script. */
@Command(
        name = "completion",
        description = {
            "Print a shell completion script for bash and zsh.",
            "To load completions in every shell session, add to ~/.bashrc or ~/.zshrc:",
            "  source <(auditpolicy completion)"
        },
        exitCodeList = {"0:The script was printed.", "2:Invalid usage."})
public final class CompletionCommand extends OfflineCommand {

    /** Enum values, which the script offers in lower case. */
    private static final Pattern VALUES = Pattern.compile("(?<=_option_args=)\\([^)]*\\)");

    @Override
    public Integer call() {
        CommandSpec root = spec().root();
        out().print(VALUES.matcher(AutoComplete.bash(root.name(), root.commandLine()))
                .replaceAll(values -> values.group().toLowerCase(Locale.ROOT)));
        out().flush();
        return ExitCode.OK;
    }
}
