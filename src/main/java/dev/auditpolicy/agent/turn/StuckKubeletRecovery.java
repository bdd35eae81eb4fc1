package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.host.process.NodePrograms;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recovers a kubelet that was restarted while its API server is down. It never starts a static pod with another UID: it
 * does not remove the old pod before it has reached its API server once, and the new pod waits for that. A second restart
 * resolves this, since kubelet then finds only the new manifest.
 */
final class StuckKubeletRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(StuckKubeletRecovery.class);

    /** A kubelet that is not stuck is faster (measured: 4.8 s from its start to a ready kube-apiserver). */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(6);

    private final NodePrograms programs;
    private final InstantSource clock;
    private final Instant turnBegan;
    private Instant lastSeenRunning;
    private boolean restarted;

    /** @param turnBegan a kubelet that started earlier has reached its API server */
    StuckKubeletRecovery(NodePrograms programs, InstantSource clock, Instant turnBegan) {
        this.programs = programs;
        this.clock = clock;
        this.turnBegan = turnBegan;
        this.lastSeenRunning = clock.instant();
    }

    /** Called repeatedly until the pod of a changed manifest runs. */
    void step(NodeSnapshot current) throws IOException {
        var now = clock.instant();
        if (!current.processes().isEmpty()) {
            lastSeenRunning = now;
        }
        if (restarted || now.isBefore(lastSeenRunning.plus(START_TIMEOUT))) {
            return;
        }
        if (programs.kubeletStartedAt().filter(turnBegan::isBefore).isPresent()) {
            LOG.atWarn()
                    .log("Restarting kubelet: since its restart during this turn, it does not start kube-apiserver");
            programs.restartKubelet();
            restarted = true;
        }
    }
}
