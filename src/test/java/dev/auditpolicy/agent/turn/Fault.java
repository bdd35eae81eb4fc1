package dev.auditpolicy.agent.turn;

import java.time.Duration;

/** What happens at one call of a port. */
enum Fault {
    /** The agent is killed before the call has any effect. */
    KILLED,
    /** The node loses power then, and every file name that was not synchronized. */
    POWER_CUT,
    /** The node loses power then, and every file content that was not synchronized, but no file name. */
    POWER_CUT_TEARING,
    /** The call has no effect and fails. */
    FAILS,
    /** The call has no effect and throws what no code expects. */
    THROWS,
    STATE_DISK_FULL,
    STATE_DISK_READ_ONLY,
    CONFIG_DISK_FULL,
    CONFIG_DISK_READ_ONLY,
    ROOT_DISK_FULL,
    ROOT_DISK_READ_ONLY,
    CLOCK_BACK_1_S,
    CLOCK_BACK_10_MIN,
    CLOCK_BACK_2_H,
    CLOCK_FORWARD_1_S,
    CLOCK_FORWARD_10_MIN,
    CLOCK_FORWARD_2_H;

    private static final String STATE = "/var/lib/auditpolicy/";
    private static final String CONFIG = "/etc/";

    /** Each call in "make faults", some in a build. */
    static final boolean ALL = "all".equals(System.getProperty("faults"));

    /** Ends the agent. It is no exception that the agent could handle. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    boolean isPowerCut() {
        return this == POWER_CUT || this == POWER_CUT_TEARING;
    }

    /** Whether it lasts until an administrator repairs the node. */
    boolean lasts() {
        return compareTo(STATE_DISK_FULL) >= 0 && compareTo(ROOT_DISK_READ_ONLY) <= 0;
    }

    boolean isOfClock() {
        return compareTo(CLOCK_BACK_1_S) >= 0;
    }

    /** At each how many-th call it is tried. */
    int step() {
        if (ALL) {
            return 1;
        }
        if (lasts()) {
            return 19;
        }
        return isOfClock() ? 13 : 1;
    }

    /** What it does to the host, apart from what becomes of the call. */
    void strike(SimulatedHost host) {
        switch (this) {
            case KILLED, FAILS, THROWS -> {}
            case POWER_CUT -> host.powerCut(false);
            case POWER_CUT_TEARING -> host.powerCut(true);
            case STATE_DISK_FULL -> host.disk().fill(STATE);
            case STATE_DISK_READ_ONLY -> host.disk().remountReadOnly(STATE);
            case CONFIG_DISK_FULL -> host.disk().fill(CONFIG);
            case CONFIG_DISK_READ_ONLY -> host.disk().remountReadOnly(CONFIG);
            case ROOT_DISK_FULL -> host.disk().fill("/");
            case ROOT_DISK_READ_ONLY -> host.disk().remountReadOnly("/");
            case CLOCK_BACK_1_S -> host.adjustClock(Duration.ofSeconds(-1));
            case CLOCK_BACK_10_MIN -> host.adjustClock(Duration.ofMinutes(-10));
            case CLOCK_BACK_2_H -> host.adjustClock(Duration.ofHours(-2));
            case CLOCK_FORWARD_1_S -> host.adjustClock(Duration.ofSeconds(1));
            case CLOCK_FORWARD_10_MIN -> host.adjustClock(Duration.ofMinutes(10));
            case CLOCK_FORWARD_2_H -> host.adjustClock(Duration.ofHours(2));
        }
    }
}
