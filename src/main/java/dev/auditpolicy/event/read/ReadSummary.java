package dev.auditpolicy.event.read;

import java.util.List;

/**
 * What was read.
 *
 * @param bytes of the lines with events
 * @param unreadable the number of lines that are no events
 * @param problems the first of these lines, and the logs that could not be read to their end
 */
public record ReadSummary(long events, long bytes, long unreadable, List<Problem> problems) {

    public ReadSummary {
        problems = List.copyOf(problems);
    }

    /**
     * A line that is no event, or a log that could not be read.
     *
     * @param line its number, from 1; 0 if the problem is the log's
     */
    public record Problem(String log, long line, String message) {

        /** Such as {@code audit.log:17: the line ends in a string}. */
        @Override
        public String toString() {
            return log + (line == 0 ? "" : ":" + line) + ": " + message;
        }
    }
}
