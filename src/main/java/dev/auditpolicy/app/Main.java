package dev.auditpolicy.app;

import dev.auditpolicy.cli.AuditPolicyCommand;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.InstantSource;
import picocli.CommandLine;

/**
 * The entry point of all commands. Only {@code controller} boots Quarkus. The other commands start with a fraction of the time and
 * memory, and the agent's recovery does not depend on a framework.
 */
@QuarkusMain
public final class Main {

    private Main() {}

    /** Runs a command and exits with its exit code: 0 success, 1 failure, 2 invalid usage. */
    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        var commandLine = AuditPolicyCommand.commandLine(InstantSource.system())
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
