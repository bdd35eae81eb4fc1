package dev.auditpolicy.replay.tune;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How much a log may grow.
 *
 * @param text as written, such as {@code 2GB/day}
 * @param bytesPerDay the same for a day
 */
public record Budget(String text, double bytesPerDay) {

    /** So many seconds has a day. */
    public static final long DAY = 86_400;

    private static final Pattern FORM = Pattern.compile("([0-9]+(?:[.][0-9]+)?) ?([A-Za-z]*)(?: ?/ ?([A-Za-z]*))?");

    private static final Map<String, Long> SIZES = Map.of(
            "kB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "TB",
            1_000_000_000_000L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30,
            "TiB",
            1L << 40);

    private static final Map<String, Long> TIMES = Map.of("s", 1L, "min", 60L, "h", 3_600L, "day", DAY);

    private static final String SIZE_NAMES = "kB, MB, GB or TB (powers of 1000), KiB, MiB, GiB or TiB (powers of 1024)";
    private static final String TIME_NAMES = "s, min, h or day";

    /**
     * Reads a budget.
     *
     * @throws IllegalArgumentException if it is none; the message says what to write
     */
    public static Budget parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a size per time; write such as 2GB/day, 500MB/h or 20kB/s");
        }
        Long size = SIZES.get(matcher.group(2));
        if (size == null) {
            throw new IllegalArgumentException("'" + text + "' has "
                    + (matcher.group(2).isEmpty()
                            ? "no unit of size"
                            : "the unknown unit of size '" + matcher.group(2) + "'" + near(matcher.group(2)))
                    + "; use " + SIZE_NAMES);
        }
        String per = matcher.group(3);
        Long time = per == null ? null : TIMES.get(per);
        if (time == null) {
            throw new IllegalArgumentException("'" + text + "' has "
                    + (per == null || per.isEmpty() ? "no unit of time" : "the unknown unit of time '" + per + "'")
                    + "; use " + TIME_NAMES + ", such as " + matcher.group(1) + matcher.group(2) + "/day");
        }
        double perDay = new BigDecimal(matcher.group(1)).doubleValue() * size * DAY / time;
        if (perDay <= 0 || perDay > Long.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "'" + text + "' is " + (perDay <= 0 ? "nothing" : "too much") + "; write such as 2GB/day");
        }
        return new Budget(text.strip(), perDay);
    }

    private static String near(String unit) {
        return SIZES.keySet().stream()
                .filter(known -> known.equalsIgnoreCase(unit))
                .sorted()
                .collect(Collectors.joining(" or ", " (did you mean ", "?)"))
                .replace(" (did you mean ?)", "");
    }

    /** So many bytes in so many seconds. */
    public long bytesIn(long seconds) {
        return (long) (bytesPerDay * seconds / DAY);
    }
}
