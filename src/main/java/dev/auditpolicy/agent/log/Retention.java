package dev.auditpolicy.agent.log;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.manifest.flags.AuditFlags;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What log rotation keeps. kube-apiserver rotates with lumberjack, whose megabyte has 1024² bytes. */
public record Retention(LogBackend settings) {

    private static final long MEGABYTE = 1024 * 1024;

    /**
     * Maximum size of the current file and the rotated files, uncompressed. Empty if unbounded: a maximum age does not limit the
     * size.
     */
    Optional<Long> worstCaseBytes() {
        return rotatedBytes().map(bytes -> bytes + fileBytes());
    }

    /** How long an event is kept at this rate. Empty if forever. */
    public Optional<Duration> kept(double bytesPerSecond) {
        var byAge = limit("audit-log-maxage").map(Duration::ofDays);
        var bySize = rotatedBytes()
                .filter(_ -> bytesPerSecond > 0)
                .map(bytes -> Duration.ofSeconds((long) (bytes / bytesPerSecond)));
        return Stream.concat(byAge.stream(), bySize.stream()).min(Duration::compareTo);
    }

    private Optional<Long> rotatedBytes() {
        return limit("audit-log-maxbackup").map(backups -> backups * fileBytes());
    }

    private long fileBytes() {
        return limit("audit-log-maxsize").orElseThrow() * MEGABYTE;
    }

    /** The limit that a flag sets. 0 means unlimited. */
    private Optional<Long> limit(String flag) {
        return Optional.of(Long.valueOf(AuditFlags.of(settings).get(flag))).filter(value -> value > 0);
    }
}
