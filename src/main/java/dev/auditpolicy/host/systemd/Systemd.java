package dev.auditpolicy.host.systemd;

import dev.auditpolicy.unit.UnitReport;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The systemd of the host. A port, so that tests can fail every call. */
public interface Systemd {

    /**
     * One start of a service.
     *
     * @param id the InvocationID, 32 hex digits: another for each start
     * @param at when its main process was started, on the wall clock
     */
    record Invocation(String id, Instant at) {}

    /** What is loaded of {@code unit}. There is a report of a unit that does not exist, too. */
    UnitReport report(String unit) throws IOException;

    /** The last start of {@code unit}, whether it has ended or not; empty if there was none since the host has started. */
    Optional<Invocation> lastStart(String unit) throws IOException;

    /** Loads the files of all units again, as {@code systemctl daemon-reload} does. No process is restarted. */
    void reload() throws IOException;

    /** Begins to stop {@code unit}, and to start it once it has stopped; returns before either is done. */
    void restart(String unit) throws IOException;
}
