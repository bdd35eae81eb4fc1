package dev.auditpolicy.manifest.flags;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;

/** Parses durations of flags as Go's {@code time.ParseDuration} does: {@code 1h10m}, {@code +1.5s}, {@code 0}. */
public final class GoDuration {

    private static final Pattern WHOLE = Pattern.compile("[-+]?(0|((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))++)");
    private static final Pattern PART = Pattern.compile("([\\d.]+)(ns|us|µs|μs|ms|s|m|h)");

    private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);

    private GoDuration() {}

    /**
     * Parses a flag.
     *
     * @throws IllegalArgumentException for text that Go rejects
     */
    public static Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("not a duration such as 70s or 1m10s: '" + text + "'");
        }
        var nanos = PART.matcher(text)
                .results()
                .map(part -> new BigDecimal(part.group(1)).multiply(nanos(part.group(2))))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (nanos.compareTo(MAX_NANOS) > 0) {
            throw new IllegalArgumentException("a duration of more than 292 years: '" + text + "'");
        }
        return Duration.ofNanos((text.startsWith("-") ? nanos.negate() : nanos).longValue());
    }

    private static BigDecimal nanos(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "ns" -> 1L;
                    case "us", "µs", "μs" -> 1_000L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    default -> throw new IllegalArgumentException("unknown unit " + unit);
                });
    }
}
