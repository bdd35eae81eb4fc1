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

/** For a human on the node. */
@Command(
        name = "hold",
        description = "Stops every action of the agent and the guard on this node, with no API server needed.",
        mixinStandardHelpOptions = true)
final class HoldCommand implements Callable<Integer> {

    @Mixin
    private OwnNodeOptions node;

    @Spec
    private CommandSpec command;

    @Option(names = "--release", description = "Lets the node go again.")
    private boolean release;

    @Parameters(arity = "0..1", defaultValue = "", description = "Why, for whoever finds the node held.")
    private String reason;

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        var hold = node.factory().hold();
        var out = command.commandLine().getOut();
        if (release) {
            hold.release();
            out.println("released: the agent works on this node again");
        } else {
            hold.set(reason);
            out.println("held: the agent and the guard do nothing on this node");
        }
        return 0;
    }
}
