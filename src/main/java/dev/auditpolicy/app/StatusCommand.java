package dev.auditpolicy.app;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** For an administrator on the node. */
@Command(
        name = "status",
        description = "Show the state of this operator and of kube-apiserver on this node. Changes nothing.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private OwnNodeOptions node;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        node.factory().summary().lines().forEach(line -> command.commandLine()
                .getOut()
                .println(line));
        return 0;
    }
}
