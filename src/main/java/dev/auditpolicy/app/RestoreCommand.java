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
        name = "restore",
        description =
                "Put this node on hold and remove all changes of this operator, so that kube-apiserver runs as before.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

    @Mixin
    private OwnNodeOptions node;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException, GeneralSecurityException, InterruptedException {
        PlainLogging.configure();
        var message = node.factory().restoration().run();
        command.commandLine()
                .getOut()
                .println(message.orElse(
                        "the original files are restored, but kube-apiserver is not ready yet: if it does not become"
                                + " ready, restart kubelet and check the log of the kube-apiserver container"));
        return message.isPresent() ? 0 : 1;
    }
}
