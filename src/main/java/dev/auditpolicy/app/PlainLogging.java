package dev.auditpolicy.app;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.util.logging.Handler;
import java.util.logging.Level;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * Logging of the commands that run without Quarkus, in the format of the controller. Required because the log manager of Quarkus
 * buffers all records until a handler is configured.
 */
final class PlainLogging {

    /** Same as {@code quarkus.log.console.format}. */
    private static final String FORMAT = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5p [%c{1.}] %s%e%n";

    /** The loggers of this project. */
    static final String OWN = "dev.auditpolicy";

    private PlainLogging() {}

    static void configure() {
        configure(LogLevel.INFO);
    }

    static void configure(LogLevel level) {
        LogContext.getLogContext().getLogger("").setLevel(level.ofLibraries().level());
        LogContext.getLogContext().getLogger(OWN).setLevel(level.level());
        // Each restart of an API server ends its watches. The client logs a stack trace for each and reconnects.
        LogContext.getLogContext().getLogger("io.fabric8").setLevel(Level.SEVERE);
        // Each connection to the system bus names its transport.
        LogContext.getLogContext().getLogger("org.freedesktop").setLevel(Level.WARNING);
        var console = new ConsoleHandler(ConsoleHandler.Target.SYSTEM_OUT, new PatternFormatter(FORMAT));
        console.setFilter(new OneLineFilter());
        InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {console});
    }
}
