package dev.auditpolicy.cli;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** Prints a shell completion script. */
@Command(
        name = "completion",
        description = {
            "Print a shell completion script.",
            "To load completions in every session, add to ~/.bashrc:",
            "  source <(auditpolicy completion bash)",
            "to ~/.zshrc:",
            "  source <(auditpolicy completion zsh)",
            "or to ~/.config/fish/config.fish:",
            "  auditpolicy completion fish | source"
        },
        exitCodeList = {"0:The script was printed.", "2:Invalid usage."})
public final class CompletionCommand extends OfflineCommand {

    private static final String COMMAND = "auditpolicy";

    /** Enum values, which the script offers in lower case. */
    private static final Pattern VALUES = Pattern.compile("(?<=_option_args=|_pos_param_args=)\\([^)]*\\)");

    @Parameters(
            paramLabel = "SHELL",
            defaultValue = "bash",
            description = "Shell that reads the script: bash, zsh or fish (default: bash).")
    private Shell shell;

    @Override
    public Integer call() {
        out().print(
                        switch (shell) {
                            case BASH, ZSH -> bash();
                            case FISH -> new FishCompletion(COMMAND, spec().root()).script();
                        });
        out().flush();
        return ExitCode.OK;
    }

    /** It has zsh load its emulation of the completion of bash. */
    private String bash() {
        return VALUES.matcher(AutoComplete.bash(COMMAND, spec().root().commandLine()))
                .replaceAll(values -> values.group().toLowerCase(Locale.ROOT));
    }

    /** A shell for which there is a script. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }
}
