package dev.auditpolicy.agent.turn;

import java.time.Duration;

/** What a fault strikes. */
interface SimulatedHost {

    SimulatedDisk disk();

    /**
     * Every process ends at once, and the host starts again with what is on the disk.
     *
     * @param namesKept as of {@link SimulatedDisk#powerCut}
     */
    void powerCut(boolean namesKept);

    /** Somebody sets the wall clock. */
    void adjustClock(Duration step);
}
