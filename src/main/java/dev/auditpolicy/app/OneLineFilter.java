package dev.auditpolicy.app;

import io.quarkus.logging.LoggingFilter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Lets no value of a log message begin a line or control a terminal: a value can come from an AuditPolicy or a node's file. Only
 * the log itself begins a line; those of a stack trace are indented.
 */
@LoggingFilter(name = OneLineFilter.NAME)
public final class OneLineFilter implements Filter {

    /** Value of {@code quarkus.log.console.filter}. */
    static final String NAME = "one-line";

    /** Controls, line separators, and invisible characters such as those that reverse the direction of text. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private final PatternFormatter formatter = new PatternFormatter("%s");

    @Override
    public boolean isLoggable(LogRecord log) {
        var record = ExtLogRecord.wrap(log);
        var message = escape(formatter.format(record));
        var trace = Optional.ofNullable(record.getThrown())
                .map(OneLineFilter::trace)
                .orElse("");
        record.setMessage(message + trace, ExtLogRecord.FormatStyle.NO_FORMAT);
        record.setThrown(null);
        return true;
    }

    private static String trace(Throwable thrown) {
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString()
                .lines()
                .map(line -> "\n\t" + escape(line.strip()))
                .collect(Collectors.joining());
    }

    private static String escape(String text) {
        return UNSAFE.matcher(text).replaceAll(found -> escape(found.group().codePointAt(0)));
    }

    private static String escape(int character) {
        return switch (character) {
            case '\n' -> "\\\\n";
            case '\t' -> " ";
            default -> "\\\\u%04x".formatted(character);
        };
    }
}
