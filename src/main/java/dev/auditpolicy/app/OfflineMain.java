package dev.auditpolicy.app;

import dev.auditpolicy.cli.AuditPolicyCommand;
import dev.auditpolicy.cli.rollout.StatusCommand;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;

/** The entry point of the command that users install. It does not include the two roles and their libraries. */
public final class OfflineMain {

    private OfflineMain() {}

    /** Runs a command and exits with its exit code: 0 success, 1 findings, 2 invalid usage. */
    public static void main(String... arguments) {
        System.exit(commandLine(System.getenv()).execute(arguments));
    }

    /** The script kubectl-auditpolicy sets the name, so that help and errors say "kubectl auditpolicy". */
    static CommandLine commandLine(Map<String, String> environment) {
        var commandLine = AuditPolicyCommand.commandLine(InstantSource.system())
                .addSubcommand(new StatusCommand(InstantSource.system()));
        commandLine.getCommandSpec().versionProvider(new Version());
        commandLine.setCommandName(environment.getOrDefault("AUDITPOLICY_NAME", commandLine.getCommandName()));
        return commandLine;
    }
}
