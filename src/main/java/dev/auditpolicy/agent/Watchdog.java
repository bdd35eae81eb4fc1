package dev.auditpolicy.agent;

import static java.util.stream.Collectors.joining;

import dev.auditpolicy.agent.node.Sleeper;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Terminates the process if the agent's loop hangs, and logs its stack trace. A new agent then continues from the journal.
 * This is not a liveness probe: a probe needs a port, and a port conflict would terminate a working agent. It also works
 * where no kubelet runs the agent.
 */
public final class Watchdog implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private static final Duration INTERVAL = Duration.ofSeconds(30);

    /** 3 minutes. A healthy loop takes at most one pre-flight and a few calls of 5 s each between two beats. */
    private static final int UNHEALTHY_AFTER = 6;

    /** 6 minutes. */
    private static final int TERMINATE_AFTER = 12;

    private final Heartbeat heartbeat;
    private final Supplier<StackTraceElement[]> stackTrace;
    private final Sleeper sleeper;
    private final Runnable terminate;

    /**
     * @param stackTrace of the loop's thread
     * @param terminate terminates the process
     */
    public Watchdog(
            Heartbeat heartbeat, Supplier<StackTraceElement[]> stackTrace, Sleeper sleeper, Runnable terminate) {
        this.heartbeat = heartbeat;
        this.stackTrace = stackTrace;
        this.sleeper = sleeper;
        this.terminate = terminate;
    }

    /** Whether the loop makes progress. */
    public boolean isHealthy() {
        return heartbeat.missedChecks() < UNHEALTHY_AFTER;
    }

    /** Returns after it has terminated the process, or when interrupted. */
    @Override
    public void run() {
        try {
            while (heartbeat.missedChecks() < TERMINATE_AFTER) {
                sleeper.sleep(INTERVAL);
                heartbeat.check();
            }
            LOG.atError()
                    .addKeyValue(
                            "seconds", INTERVAL.multipliedBy(TERMINATE_AFTER).toSeconds())
                    .addKeyValue(
                            "stackTrace",
                            Arrays.stream(stackTrace.get()).map(String::valueOf).collect(joining(" < ")))
                    .log("Agent loop is stuck, terminating");
            terminate.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
