package dev.auditpolicy.host.log;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What was read of an audit log.
 *
 * @param next where to read on
 * @param bytes how much was read
 * @param events what it held, in the order written
 */
public record LogText(LogPosition next, long bytes, List<EventHead> events) {

    public LogText {
        requireNonNull(next, "next is null");
        events = List.copyOf(events);
    }
}
