package dev.auditpolicy.host.process;

import dev.auditpolicy.journal.BootTime;

/** The node's monotonic clock, for deadlines and intervals. A port, so that tests can adjust the wall clock alone. */
@FunctionalInterface
public interface Ticker {

    BootTime now();
}
