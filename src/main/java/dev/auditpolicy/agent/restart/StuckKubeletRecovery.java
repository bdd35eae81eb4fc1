package dev.auditpolicy.agent.restart;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.host.process.NodePrograms;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.journal.BootTime;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recovers a kubelet that was restarted while its API server is down. It never starts a static pod with another UID: it
 * does not remove the old pod before it has reached its API server once, and the new pod waits for that. A second restart
 * resolves this, since kubelet then finds only the new manifest.
 */
public final class StuckKubeletRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(StuckKubeletRecovery.class);

    /** A kubelet that is not stuck is faster (measured: 4.8 s from its start to a ready kube-apiserver). */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(6);

    private final NodePrograms programs;
    private final Ticker ticker;
    private final BootTime turnBegan;
    private BootTime lastSeenRunning;
    private boolean restarted;

    /** @param turnBegan a kubelet that started earlier has reached its API server */
    public StuckKubeletRecovery(NodePrograms programs, Ticker ticker, BootTime turnBegan) {
        this.programs = programs;
        this.ticker = ticker;
        this.turnBegan = turnBegan;
        this.lastSeenRunning = ticker.now();
    }

    /** Called repeatedly until the pod of a changed manifest runs. */
    public void step(NodeSnapshot current) throws IOException {
        var now = ticker.now();
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
