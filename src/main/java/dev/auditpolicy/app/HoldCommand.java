package dev.auditpolicy.app;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** For an administrator on the node. */
@Command(
        name = "hold",
        description = "Stop all actions of the agent and the guard on this node. Does not need an API server.",
        mixinStandardHelpOptions = true)
final class HoldCommand implements Callable<Integer> {

    @Mixin
    private OwnNodeOptions node;

    @Spec
    private CommandSpec command;

    @Option(names = "--release", description = "Release the hold.")
    private boolean release;

    @Parameters(arity = "0..1", defaultValue = "", description = "Reason, shown in the status of the AuditNode.")
    private String reason;

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        var hold = node.factory().hold();
        var out = command.commandLine().getOut();
        if (release) {
            hold.release();
            out.println("hold released: the agent resumes work on this node");
        } else {
            hold.set(reason);
            out.println("node is on hold: the agent and the guard do not change it");
        }
        return 0;
    }
}
