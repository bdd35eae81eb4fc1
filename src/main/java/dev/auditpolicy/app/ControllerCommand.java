package dev.auditpolicy.app;

import io.quarkus.runtime.Quarkus;
import picocli.CommandLine.Command;

/** Runs the controller, with Quarkus. */
@Command(
        name = "controller",
        description = "Run the controller. It needs the API server, but no access to nodes.",
        mixinStandardHelpOptions = true)
final class ControllerCommand implements Runnable {

    /** Does not return: Quarkus stops the process on SIGTERM. */
    @Override
    public void run() {
        Quarkus.run(ControllerApplication.class);
    }
}
