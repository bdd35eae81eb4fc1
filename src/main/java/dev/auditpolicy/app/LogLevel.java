package dev.auditpolicy.app;

import org.jboss.logmanager.Level;

/** How much is logged, by the names that Quarkus uses for the controller. */
enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG;

    Level level() {
        return switch (this) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
        };
    }
}
