package dev.auditpolicy.agent.turn;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** Durations as Go's {@code time.ParseDuration} reads them in flags: {@code 1h10m}, {@code 1.5s}, {@code 0}. */
final class GoDuration {

    private static final Pattern WHOLE = Pattern.compile(
            "0|(\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h)" + "((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h))*+");
    private static final Pattern PART = Pattern.compile("([\\d.]+)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private GoDuration() {}

    /** @throws IllegalArgumentException for text that Go refuses, and for negative durations */
    static Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("not a duration such as 70s or 1m10s: '" + text + "'");
        }
        var nanos = PART.matcher(text)
                .results()
                .map(part -> new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(NANOS.get(part.group(2)))))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return Duration.ofNanos(nanos.longValue());
    }
}
