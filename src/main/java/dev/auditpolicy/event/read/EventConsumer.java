package dev.auditpolicy.event.read;

import dev.auditpolicy.event.AuditEvent;

/** Takes the events of a log, from one thread. */
public interface EventConsumer {

    /** Takes an event, which is valid only during the call. */
    void accept(AuditEvent event);
}
