package dev.auditpolicy.host.process;

import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.manifest.flags.Flags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A live kube-apiserver process of a static pod.
 *
 * @param startTicks start time in clock ticks since boot; identifies the process together with {@code pid}, because PIDs are
 *     reused
 * @param podUID UID of the static pod: 32 hex digits, a hash of the manifest
 * @param user as whom it runs
 * @param flags parsed from its arguments
 */
public record ApiServerProcess(
        long pid, long startTicks, Instant startedAt, String podUID, ProcessUser user, Flags flags) {

    /** Parses the flags among {@code arguments}. */
    public ApiServerProcess(
            long pid, long startTicks, Instant startedAt, String podUID, ProcessUser user, List<String> arguments) {
        this(pid, startTicks, startedAt, podUID, user, Flags.of(arguments));
    }

    /** The time that the process had been running at {@code now}, which must be of the same boot. */
    public Duration age(BootTime now) {
        return new BootTime(now.bootID(), startTicks * 1000 / Proc.TICKS_PER_SECOND).until(now);
    }

    /** Whether both are the same process, possibly observed at different times. */
    public boolean isSameAs(ApiServerProcess other) {
        return pid == other.pid && startTicks == other.startTicks;
    }
}
