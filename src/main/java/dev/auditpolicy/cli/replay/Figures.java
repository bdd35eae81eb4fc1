package dev.auditpolicy.cli.replay;

import java.time.Duration;
import java.util.Locale;

/** Writes numbers for people. */
public final class Figures {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private Figures() {}

    /** Such as {@code 1,204}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Such as {@code 1.2 GB}, in powers of 1000. */
    public static String bytes(long bytes) {
        int unit = unit(bytes);
        return number(bytes, unit) + " " + UNITS[unit];
    }

    /** Such as {@code 1.2 GB} or {@code 1.2-3.4 GB}. */
    public static String bytes(long min, long max) {
        int unit = unit(max);
        String from = number(min, unit);
        String to = number(max, unit);
        return (from.equals(to) ? to : from + "-" + to) + " " + UNITS[unit];
    }

    /** Such as {@code -31 %}. */
    public static String change(long before, long after) {
        if (before == 0 || before == after) {
            return before == 0 ? "" : "0 %";
        }
        double percent = 100.0 * (after - before) / before;
        return String.format(Locale.ROOT, Math.abs(percent) < 1 ? "%+.1f %%" : "%+.0f %%", percent);
    }

    /** Such as {@code 31.4 %}. */
    public static String share(long part, long whole) {
        return whole == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    /** Such as {@code 3 h 20 min}. */
    public static String duration(long seconds) {
        Duration duration = Duration.ofSeconds(seconds);
        if (duration.toDays() > 1) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : seconds + " s";
    }

    private static int unit(long bytes) {
        int unit = 0;
        double rest = bytes;
        while (rest >= 999.5 && unit < UNITS.length - 1) {
            rest /= 1000;
            unit++;
        }
        return unit;
    }

    private static String number(long bytes, int unit) {
        double scaled = bytes / Math.pow(1000, unit);
        return String.format(Locale.ROOT, unit == 0 || scaled >= 100 ? "%.0f" : "%.1f", scaled);
    }
}
