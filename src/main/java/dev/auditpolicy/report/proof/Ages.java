package dev.auditpolicy.report.proof;

import java.time.Duration;
import java.time.Instant;

/** Writes how long ago something was. */
public final class Ages {

    private Ages() {}

    /** Such as {@code 3 min} or {@code 2 d 4 h}. */
    public static String of(Duration duration) {
        var time = duration.isNegative() ? Duration.ZERO : duration;
        if (time.toDays() > 1) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    /** Such as {@code 3 min}. */
    public static String between(Instant from, Instant to) {
        return of(Duration.between(from, to));
    }
}
