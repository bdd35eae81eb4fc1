package dev.auditpolicy.app;

import io.quarkus.runtime.Quarkus;
import picocli.CommandLine.Command;

/** Role 1: compiles the AuditPolicy, hands out turns, sums up status. Never touches a node. */
@Command(
        name = "controller",
        description = "Runs the controller. It needs the API server and no access to any node.",
        mixinStandardHelpOptions = true)
final class ControllerCommand implements Runnable {

    /** Does not return: Quarkus ends the process when it is told to stop. */
    @Override
    public void run() {
        Quarkus.run(ControllerApplication.class);
    }
}
