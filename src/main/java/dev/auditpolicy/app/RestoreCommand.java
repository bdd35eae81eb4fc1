package dev.auditpolicy.app;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** For a human on the node. */
@Command(
        name = "restore",
        description =
                "Holds this node and takes all that is this operator's out of it, so that kube-apiserver starts as before.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

    @Mixin
    private OwnNodeOptions node;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException, GeneralSecurityException, InterruptedException {
        PlainLogging.configure();
        var done = node.factory().restoration().run();
        command.commandLine()
                .getOut()
                .println(
                        done.orElse(
                                "the files are as before this operator, and kube-apiserver is not"
                                        + " ready yet; if it stays so, restart kubelet and look at the log of kube-apiserver's container"));
        return done.isPresent() ? 0 : 1;
    }
}
