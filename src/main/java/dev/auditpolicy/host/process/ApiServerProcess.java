package dev.auditpolicy.host.process;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.manifest.flags.Flags;
import java.time.Instant;
import java.util.List;

/**
 * A live kube-apiserver of a static pod.
 *
 * @param startTicks start time in clock ticks since boot: with {@code pid} the identity of the process, since pids are
 *     used again
 * @param podUID UID that kubelet gave the static pod: 32 hex digits, a hash of the manifest
 * @param uid user that it runs as
 * @param flags parsed from its arguments
 */
public record ApiServerProcess(long pid, long startTicks, Instant startedAt, String podUID, int uid, Flags flags) {

    public ApiServerProcess {
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(podUID, "podUID is null");
    }

    /** Parses the flags among {@code arguments}. */
    public ApiServerProcess(
            long pid, long startTicks, Instant startedAt, String podUID, int uid, List<String> arguments) {
        this(pid, startTicks, startedAt, podUID, uid, Flags.of(arguments));
    }

    /** Whether both are the same run of the same program, seen at different times. */
    public boolean isSameAs(ApiServerProcess other) {
        return pid == other.pid && startTicks == other.startTicks;
    }
}
