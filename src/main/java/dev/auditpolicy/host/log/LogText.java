package dev.auditpolicy.host.log;

import java.util.List;

/**
 * The result of reading an audit log.
 *
 * @param next where to continue reading
 * @param bytes number of bytes read
 * @param events in the order written
 */
public record LogText(LogPosition next, long bytes, List<EventHead> events) {

    public LogText {
        events = List.copyOf(events);
    }
}
