package dev.auditpolicy.app;

import io.quarkus.runtime.Quarkus;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the controller, with Quarkus. */
@Command(
        name = "controller",
        description = "Run the controller. It needs the API server, but no access to nodes.",
        mixinStandardHelpOptions = true)
final class ControllerCommand implements Runnable {

    @Mixin
    private LogLevelOption logLevel;

    /** Does not return: Quarkus stops the process on SIGTERM. */
    @Override
    public void run() {
        settings(logLevel.level()).forEach(System::setProperty);
        Quarkus.run(ControllerApplication.class);
    }

    /** Of Quarkus, which reads them when it starts. */
    static Map<String, String> settings(LogLevel level) {
        return Map.of(
                "quarkus.log.level",
                level.ofLibraries().name(),
                "quarkus.log.category.\"" + PlainLogging.OWN + "\".level",
                level.name());
    }
}
