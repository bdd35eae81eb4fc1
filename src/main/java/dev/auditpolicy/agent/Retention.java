package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.LogBackend;
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
        var byAge = Optional.ofNullable(settings.maxAgeDays())
                .filter(days -> days > 0)
                .map(Duration::ofDays);
        var bySize = rotatedBytes()
                .filter(_ -> bytesPerSecond > 0)
                .map(bytes -> Duration.ofSeconds((long) (bytes / bytesPerSecond)));
        return Stream.concat(byAge.stream(), bySize.stream()).min(Duration::compareTo);
    }

    private Optional<Long> rotatedBytes() {
        return Optional.ofNullable(settings.maxBackups())
                .filter(backups -> backups > 0)
                .map(backups -> backups * fileBytes());
    }

    private long fileBytes() {
        return settings.maxSizeMB() * MEGABYTE;
    }
}
