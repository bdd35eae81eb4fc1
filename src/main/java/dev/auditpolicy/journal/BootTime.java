package dev.auditpolicy.journal;

import java.time.Duration;

/**
 * A moment on a node's monotonic clock. Unlike the wall clock, which administrators and NTP adjust, it only moves forward, and
 * every process on the node reads the same value.
 *
 * @param bootID identifies the boot, see {@code /proc/sys/kernel/random/boot_id}
 * @param millis milliseconds since that boot
 */
public record BootTime(String bootID, long millis) {

    /** A moment of a boot that is not known, which precedes every other boot. */
    public static final BootTime UNKNOWN = new BootTime("", 0);

    /** Whether this moment, which was recorded first if the boots differ, precedes {@code other}. */
    public boolean isBefore(BootTime other) {
        return !bootID.equals(other.bootID) || millis < other.millis;
    }

    public BootTime plus(Duration duration) {
        return new BootTime(bootID, millis + duration.toMillis());
    }

    /** The time from this moment to {@code later} in the same boot. */
    public Duration until(BootTime later) {
        return Duration.ofMillis(later.millis - millis);
    }
}
