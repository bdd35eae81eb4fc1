package dev.auditpolicy.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Role 2: the only code that touches a node. Plain Java. */
@Command(
        name = "agent",
        description = "Runs the agent of one control-plane node, on that node.",
        mixinStandardHelpOptions = true)
final class AgentCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        PlainLogging.configure();
        throw new ParameterException(command.commandLine(), "the agent is not part of this build yet");
    }
}
