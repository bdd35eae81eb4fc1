package dev.auditpolicy.app;

import org.jboss.logmanager.Level;

/**
 * How much is logged, by the names that Quarkus uses for the controller. DEBUG is for this project's own classes alone: the HTTP
 * client of Java logs bearer tokens with it.
 */
enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG;

    /** That of libraries. */
    LogLevel ofLibraries() {
        return this == DEBUG ? INFO : this;
    }

    Level level() {
        return switch (this) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
        };
    }
}
