package dev.auditpolicy.agent.log;

import dev.auditpolicy.host.log.LogUsage;
import dev.auditpolicy.journal.BootTime;
import java.time.Duration;

/**
 * Whether the audit log still grows. A log that grows can be written; if it does not grow, either nothing happens or nothing
 * can be written, which only a canary shows.
 */
final class LogActivity {

    /** Short enough to report a log that cannot be written within 30 s: 10 s until the next iteration, 5 s for the canary. */
    static final Duration QUIET = Duration.ofSeconds(10);

    /** With less space a large event, 1.5 MB, does not fit. */
    private static final long FULL = 2 * 1024 * 1024;

    private long writtenBytes = -1;
    private BootTime since = BootTime.UNKNOWN;
    private boolean full;

    /** Must be called in each iteration of the agent's loop. */
    void update(LogState state, LogUsage usage, BootTime now) {
        if (state.writtenBytes() != writtenBytes) {
            writtenBytes = state.writtenBytes();
            since = now;
        }
        full = usage.capacityBytes() > 0 && usage.freeBytes() < FULL;
    }

    /** The canary's own event makes the log grow, so this is false for some time after it. */
    boolean isDoubtful(BootTime now) {
        return full || !now.isBefore(since.plus(QUIET));
    }

    boolean isFull() {
        return full;
    }
}
