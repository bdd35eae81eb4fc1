package dev.auditpolicy.agent.log;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.manifest.flags.AuditFlags;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What rotation keeps of a log, by kube-apiserver's flags; lumberjack, which rotates, counts a megabyte as 1024². */
record Retention(LogBackend settings) {

    private static final long MEGABYTE = 1024 * 1024;

    Retention {
        requireNonNull(settings, "settings is null");
    }

    /**
     * The most bytes that the log takes up: the file that is written to and those that it was rotated to, none of them
     * compressed. Empty where nothing bounds them: an age bounds no size.
     */
    Optional<Long> worstCaseBytes() {
        return rotatedBytes().map(bytes -> bytes + fileBytes());
    }

    /** How long an event is kept at that rate; empty where it is for ever. */
    Optional<Duration> kept(double bytesPerSecond) {
        var byAge = set("audit-log-maxage").map(Duration::ofDays);
        var bySize = rotatedBytes()
                .filter(_ -> bytesPerSecond > 0)
                .map(bytes -> Duration.ofSeconds((long) (bytes / bytesPerSecond)));
        return Stream.concat(byAge.stream(), bySize.stream()).min(Duration::compareTo);
    }

    private Optional<Long> rotatedBytes() {
        return set("audit-log-maxbackup").map(backups -> backups * fileBytes());
    }

    private long fileBytes() {
        return set("audit-log-maxsize").orElseThrow() * MEGABYTE;
    }

    /** The value that kube-apiserver gets; 0 is "unlimited" to it. */
    private Optional<Long> set(String flag) {
        return Optional.of(Long.valueOf(AuditFlags.of(settings).get(flag))).filter(value -> value > 0);
    }
}
