package dev.auditpolicy.event;

import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Reads the times of events. */
public final class EventTime {

    /** Stands for a time that an event does not have. */
    public static final long NONE = Long.MIN_VALUE;

    private static final int DATE_TIME = "2026-01-02T03:04:05Z".length();

    private EventTime() {}

    /** Seconds since 1970, of the stage or else of the arrival of the request; {@link #NONE} if there is none. */
    public static long epochSecond(AuditEvent event) {
        return epochSecond(
                event, event.stageTimestamp().isPresent() ? event.stageTimestamp() : event.requestReceivedTimestamp());
    }

    private static long epochSecond(AuditEvent event, Span span) {
        byte[] text = event.bytes();
        int at = span.from();
        if (span.length() < DATE_TIME || text[at + 10] != 'T' || text[span.to() - 1] != 'Z') {
            return ofOtherForm(event.text(span));
        }
        int year = number(text, at, 4);
        int month = number(text, at + 5, 2);
        int day = number(text, at + 8, 2);
        int second = number(text, at + 11, 2) * 3600 + number(text, at + 14, 2) * 60 + number(text, at + 17, 2);
        // Days since 1970 of the civil calendar, with years that begin in March.
        long marchYear = month > 2 ? year : year - 1L;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long days = 365 * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468;
        return days * 86_400 + second;
    }

    private static int number(byte[] text, int from, int length) {
        int number = 0;
        for (int at = from; at < from + length; at++) {
            number = number * 10 + text[at] - '0';
        }
        return number;
    }

    private static long ofOtherForm(String text) {
        try {
            return OffsetDateTime.parse(text).toEpochSecond();
        } catch (DateTimeException _) {
            return NONE;
        }
    }
}
