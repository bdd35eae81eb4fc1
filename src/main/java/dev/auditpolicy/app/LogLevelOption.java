package dev.auditpolicy.app;

import picocli.CommandLine.Option;

/** How much a role logs. */
final class LogLevelOption {

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "${env:LOG_LEVEL:-INFO}",
            description = "ERROR, WARN, INFO or DEBUG (default: environment variable LOG_LEVEL, or else INFO).")
    private LogLevel level;

    LogLevel level() {
        return level;
    }
}
