package dev.auditpolicy.app;

import dev.auditpolicy.cli.AuditPolicyCommand;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/**
 * The entry point of every role. Only the {@code controller} command boots Quarkus: everything else starts in a fraction of the
 * time and memory, opens no port, and the agent has nothing of a framework between itself and recovery.
 */
@QuarkusMain
public final class Main {

    private Main() {}

    /** Runs the command that the arguments name and exits with its code: 0 done, 1 failed, 2 wrong usage. */
    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        var commandLine = AuditPolicyCommand.commandLine()
                .addSubcommand(new ControllerCommand())
                .addSubcommand(new AgentCommand())
                .addSubcommand(new GuardCommand())
                .addSubcommand(new HoldCommand())
                .addSubcommand(new StatusCommand())
                .addSubcommand(new RestoreCommand());
        commandLine.getCommandSpec().versionProvider(new Version());
        return commandLine;
    }
}
