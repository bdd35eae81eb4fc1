package dev.auditpolicy.app;

import dev.auditpolicy.cli.AuditPolicyCommand;

/** The entry point of the command that users install: without the two roles, and so without the libraries that they need. */
public final class OfflineMain {

    private OfflineMain() {}

    /** Runs the command that the arguments name and exits with its code: 0 clean, 1 findings, 2 wrong usage. */
    public static void main(String... arguments) {
        var commandLine = AuditPolicyCommand.commandLine();
        commandLine.getCommandSpec().versionProvider(new Version());
        System.exit(commandLine.execute(arguments));
    }
}
