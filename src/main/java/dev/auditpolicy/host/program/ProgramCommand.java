package dev.auditpolicy.host.program;

import java.util.List;
import java.util.Map;

/**
 * How to run a program.
 *
 * @param command without the arguments of the role
 * @param environment in addition to the variables of the agent
 */
public record ProgramCommand(List<String> command, Map<String, String> environment) {

    public ProgramCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
