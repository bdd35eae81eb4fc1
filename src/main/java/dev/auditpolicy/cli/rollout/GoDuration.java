package dev.auditpolicy.cli.rollout;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as kubectl takes them, in hours, minutes and seconds: 90s, 10m, 1h30m. */
final class GoDuration implements ITypeConverter<Duration> {

    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,6}s)?");

    @Override
    public Duration convert(String text) {
        if (text.isEmpty() || !SYNTAX.matcher(text).matches()) {
            throw new TypeConversionException("'" + text + "' is not a duration such as 90s, 10m or 1h30m");
        }
        return Duration.parse("PT" + text);
    }
}
