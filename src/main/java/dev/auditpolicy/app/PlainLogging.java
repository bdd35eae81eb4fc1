package dev.auditpolicy.app;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.util.logging.Handler;
import java.util.logging.Level;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * The log of the roles that run without Quarkus, in the format of the one that runs with it. Needed because Quarkus' log manager
 * keeps every record back until somebody tells it where to write.
 */
final class PlainLogging {

    /** As {@code quarkus.log.console.format}. */
    private static final String FORMAT = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5p [%c{1.}] %s%e%n";

    private PlainLogging() {}

    static void configure() {
        LogContext.getLogContext().getLogger("").setLevel(Level.INFO);
        // Each restart of an API server ends its watches; the client tells every one with a stack trace and watches
        // again.
        LogContext.getLogContext().getLogger("io.fabric8").setLevel(Level.SEVERE);
        var console = new ConsoleHandler(ConsoleHandler.Target.SYSTEM_OUT, new PatternFormatter(FORMAT));
        InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {console});
    }
}
