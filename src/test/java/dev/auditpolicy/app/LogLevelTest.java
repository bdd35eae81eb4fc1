package dev.auditpolicy.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With DEBUG, the HTTP client of Java logs bearer tokens. */
class LogLevelTest {

    private static final String HTTP_CLIENT = "sun.net.www.protocol.http.HttpURLConnection";

    @AfterEach
    void restore() {
        PlainLogging.configure();
    }

    @Test
    void debugsOnlyTheClassesOfTheAgentItself() {
        PlainLogging.configure(LogLevel.DEBUG);

        assertThat(isDebugged("dev.auditpolicy.agent.Agent")).isTrue();
        assertThat(isDebugged(HTTP_CLIENT)).isFalse();
    }

    @Test
    void quietsLibrariesToo() {
        PlainLogging.configure(LogLevel.ERROR);

        assertThat(LogContext.getLogContext().getLogger(HTTP_CLIENT).isLoggable(Level.WARN))
                .isFalse();
    }

    @Test
    void debugsOnlyTheClassesOfTheControllerItself() {
        assertThat(ControllerCommand.settings(LogLevel.DEBUG))
                .isEqualTo(
                        Map.of("quarkus.log.level", "INFO", "quarkus.log.category.\"dev.auditpolicy\".level", "DEBUG"));
    }

    private static boolean isDebugged(String logger) {
        return LogContext.getLogContext().getLogger(logger).isLoggable(Level.DEBUG);
    }
}
