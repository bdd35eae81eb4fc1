package dev.auditpolicy.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class OneLineFilterTest {

    private static final String FORGED = "2026-01-01T00:00:00.000Z INFO  [d.a.a.Agent] Turn ended";

    @Test
    void escapesLineBreaks() {
        assertThat(format(record("message=no\n" + FORGED + "\r\u2028\u0085 Phase changed")))
                .isEqualTo("INFO message=no\\n" + FORGED + "\\u000d\\u2028\\u0085 Phase changed\n");
    }

    @Test
    void escapesTerminalControls() {
        assertThat(format(record("\u001b[2Jgone \u202etxt\ttab"))).isEqualTo("INFO \\u001b[2Jgone \\u202etxt tab\n");
    }

    @Test
    void escapesParameters() {
        var record = new ExtLogRecord(
                Level.INFO, "reason: %s", ExtLogRecord.FormatStyle.PRINTF, OneLineFilterTest.class.getName());
        record.setParameters(new Object[] {"a\nb"});

        assertThat(format(record)).isEqualTo("INFO reason: a\\nb\n");
    }

    @Test
    void indentsTheMessageOfAnException() {
        var record = record("Iteration failed");
        record.setThrown(new IllegalStateException("cannot\n" + FORGED));

        assertThat(format(record).lines().skip(1))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("\t"))
                .contains("\t" + FORGED);
    }

    private static ExtLogRecord record(String message) {
        return new ExtLogRecord(
                Level.INFO, message, ExtLogRecord.FormatStyle.NO_FORMAT, OneLineFilterTest.class.getName());
    }

    private static String format(ExtLogRecord record) {
        assertThat(new OneLineFilter().isLoggable(record)).isTrue();
        return new PatternFormatter("%p %s%e%n").format(record);
    }
}
