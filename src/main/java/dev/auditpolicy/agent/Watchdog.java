package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.auditpolicy.agent.node.Sleeper;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends an agent whose loop hangs, so that a new one goes on from the journal, and says where it hung. In the process
 * itself and not a probe of kubelet's: that would need a port, and somebody else who has taken the port would end an agent
 * that works; and it holds also where no kubelet runs the agent.
 */
public final class Watchdog implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private static final Duration PACE = Duration.ofSeconds(30);

    /** Three minutes. The longest that a well loop takes between two beats is a pre-flight and some calls of 5 s each. */
    private static final int HANGS_AFTER = 6;

    /** Six minutes. */
    private static final int LOST_AFTER = 12;

    private final Heartbeat heartbeat;
    private final Supplier<StackTraceElement[]> loop;
    private final Sleeper pause;
    private final Runnable end;

    /**
     * @param loop where the loop is now
     * @param end of the process
     */
    public Watchdog(Heartbeat heartbeat, Supplier<StackTraceElement[]> loop, Sleeper pause, Runnable end) {
        this.heartbeat = requireNonNull(heartbeat, "heartbeat is null");
        this.loop = requireNonNull(loop, "loop is null");
        this.pause = requireNonNull(pause, "pause is null");
        this.end = requireNonNull(end, "end is null");
    }

    /** Whether the loop goes round. */
    public boolean isWell() {
        return heartbeat.silentLooks() < HANGS_AFTER;
    }

    /** Returns when the loop is lost, or when interrupted. */
    @Override
    public void run() {
        try {
            while (heartbeat.silentLooks() < LOST_AFTER) {
                pause.sleep(PACE);
                heartbeat.look();
            }
            LOG.atError()
                    .addKeyValue("seconds", PACE.multipliedBy(LOST_AFTER).toSeconds())
                    .addKeyValue(
                            "at", Arrays.stream(loop.get()).map(String::valueOf).collect(joining(" < ")))
                    .log("The loop hangs, ending");
            end.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
