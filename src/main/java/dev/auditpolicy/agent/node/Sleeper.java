package dev.auditpolicy.agent.node;

import java.time.Duration;

/** Lets time pass. A port, so that a test can let a simulated node live through it. */
@FunctionalInterface
public interface Sleeper {

    /** Returns after {@code duration}. */
    void sleep(Duration duration) throws InterruptedException;
}
