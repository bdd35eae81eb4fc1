package dev.auditpolicy.cli.logs;

import dev.auditpolicy.replay.TimeRange;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Restricts events to a range of time. */
public final class TimeOptions {

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Converter.class,
            description = "Only events from this time on: 2026-01-31T12:00:00Z, or a day in UTC: 2026-01-31.")
    private @Nullable OffsetDateTime since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Converter.class,
            description = "Only events before this time.")
    private @Nullable OffsetDateTime until;

    /** The range. */
    public TimeRange range() {
        return new TimeRange(
                since == null ? TimeRange.ALL.from() : since.toEpochSecond(),
                until == null ? TimeRange.ALL.to() : until.toEpochSecond());
    }

    /** Parses a time or a day. */
    static final class Converter implements ITypeConverter<OffsetDateTime> {
        @Override
        public OffsetDateTime convert(String value) {
            try {
                return value.contains("T")
                        ? OffsetDateTime.parse(value)
                        : LocalDate.parse(value).atStartOfDay().atOffset(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "'" + value + "' is not a time such as 2026-01-31T12:00:00Z, or a day such as 2026-01-31: "
                                + e.getMessage());
            }
        }
    }
}
