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

    /**
     * What a unit does.
     *
     * @param active {@code ActiveState}, such as {@code active}, {@code activating} and {@code failed}
     * @param sub {@code SubState}, such as {@code running}, {@code stop-sigterm} and {@code auto-restart}
     * @param hasJob whether systemd has something to do with it
     */
    record Activity(String active, String sub, boolean hasJob) {

        /** Whether its process was asked to end. */
        public boolean isStopping() {
            return active.equals("deactivating");
        }

        /** Whether nothing runs, and nothing begins before a delay ends or somebody starts it. */
        public boolean isDown() {
            return !hasJob && (active.equals("inactive") || active.equals("failed") || sub.equals("auto-restart"));
        }
    }

    /** What is loaded of {@code unit}. There is a report of a unit that does not exist, too. */
    UnitReport report(String unit) throws IOException;

    /** The last start of {@code unit}, whether it has ended or not; empty if there was none since the host has started. */
    Optional<Invocation> lastStart(String unit) throws IOException;

    Activity activity(String unit) throws IOException;

    /** The text of a file of a unit, through links. */
    String fileText(String path) throws IOException;

    /** Loads the files of all units again, as {@code systemctl daemon-reload} does. No process is restarted. */
    void reload() throws IOException;

    /** Begins to stop {@code unit}, and to start it once it has stopped; returns before either is done. */
    void restart(String unit) throws IOException;

    /** Lets {@code unit} start again if it has failed too often for that. */
    void resetFailed(String unit) throws IOException;
}
