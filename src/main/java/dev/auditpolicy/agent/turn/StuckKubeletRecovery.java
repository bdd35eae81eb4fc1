package dev.auditpolicy.agent.turn;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.host.process.NodePrograms;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kubelet that was restarted while the API server that it talks to is down never starts a static pod of another UID:
 * it does not tear the old pod down before it has seen its API source once, and the new pod waits for that. Restarted
 * once more it knows the new manifest only, and starts it.
 */
final class StuckKubeletRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(StuckKubeletRecovery.class);

    /** A kubelet that is not wedged has started a pod in less (measured: 4.8 s from its start to a ready kube-apiserver). */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final NodePrograms programs;
    private final InstantSource clock;
    private final Instant turnBegan;
    private Instant lastSign;
    private boolean restarted;

    /** @param turnBegan a kubelet that was started before that has seen its API source */
    StuckKubeletRecovery(NodePrograms programs, InstantSource clock, Instant turnBegan) {
        this.programs = requireNonNull(programs, "programs is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.turnBegan = requireNonNull(turnBegan, "turnBegan is null");
        this.lastSign = clock.instant();
    }

    /** To be called again and again while the pod of a changed manifest is awaited. */
    void step(NodeSnapshot seen) throws IOException {
        var now = clock.instant();
        if (!seen.processes().isEmpty()) {
            lastSign = now;
        }
        if (restarted || now.isBefore(lastSign.plus(PATIENCE))) {
            return;
        }
        if (programs.kubeletStartedAt().filter(turnBegan::isBefore).isPresent()) {
            LOG.atWarn().log("Restarting kubelet: it was restarted in this turn and does not start kube-apiserver");
            programs.restartKubelet();
            restarted = true;
        }
    }
}
