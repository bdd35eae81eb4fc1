package dev.auditpolicy.agent.turn;

import dev.auditpolicy.journal.BootTime;
import java.time.Duration;
import java.time.Instant;

/** The clocks of a simulated host: one that only moves forward, and one that somebody adjusts. */
final class SimulatedClock {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;
    private Duration error = Duration.ZERO;
    private int boots;
    private Instant bootedAt = START;

    SimulatedClock() {}

    /** A copy. */
    SimulatedClock(SimulatedClock origin) {
        now = origin.now;
        error = origin.error;
        boots = origin.boots;
        bootedAt = origin.bootedAt;
    }

    /** The time that no one adjusts. */
    Instant now() {
        return now;
    }

    /** The time that the programs on the host read. */
    Instant wall() {
        return now.plus(error);
    }

    BootTime ticks() {
        return ticks(now);
    }

    BootTime ticks(Instant moment) {
        return new BootTime("boot-" + boots, Duration.between(bootedAt, moment).toMillis());
    }

    void advance(Duration duration) {
        now = now.plus(duration);
    }

    void adjust(Duration step) {
        error = error.plus(step);
    }

    void reboot() {
        boots++;
        bootedAt = now;
    }
}
