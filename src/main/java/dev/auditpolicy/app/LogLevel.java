package dev.auditpolicy.app;

import java.util.logging.Level;

/** How much is logged, by the names that Quarkus uses for the controller. */
enum LogLevel {
    ERROR(org.jboss.logmanager.Level.ERROR),
    WARN(org.jboss.logmanager.Level.WARN),
    INFO(org.jboss.logmanager.Level.INFO),
    DEBUG(org.jboss.logmanager.Level.DEBUG);

    private final Level level;

    LogLevel(Level level) {
        this.level = level;
    }

    Level level() {
        return level;
    }
}
