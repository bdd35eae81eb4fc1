package dev.auditpolicy.agent.node;

import java.time.Duration;

/** Sleeps. A port, so that tests can advance the time of a simulated node. */
@FunctionalInterface
public interface Sleeper {

    void sleep(Duration duration) throws InterruptedException;
}
