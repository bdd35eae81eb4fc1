package dev.auditpolicy.host.process;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A live kube-apiserver of a static pod.
 *
 * @param startTicks start time in clock ticks since boot: with {@code pid} the identity of the process, since pids are
 *     used again
 * @param podUID UID that kubelet gave the static pod: 32 hex digits, a hash of the manifest
 * @param uid user that it runs as
 * @param commandLine its argv
 */
public record ApiServerProcess(
        long pid, long startTicks, Instant startedAt, String podUID, int uid, List<String> commandLine) {

    public ApiServerProcess {
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(podUID, "podUID is null");
        commandLine = List.copyOf(commandLine);
    }

    /** Whether both are the same run of the same program, seen at different times. */
    public boolean isSameAs(ApiServerProcess other) {
        return pid == other.pid && startTicks == other.startTicks;
    }
}
