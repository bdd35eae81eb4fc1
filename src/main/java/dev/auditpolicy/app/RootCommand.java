package dev.auditpolicy.app;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What runs when no command is named: the help, as an error, so that a wrong container command is seen. */
@Command(
        name = "auditpolicy",
        description = "One AuditPolicy resource becomes the audit policy of every kube-apiserver of the cluster.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RootCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        command.commandLine().usage(command.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
