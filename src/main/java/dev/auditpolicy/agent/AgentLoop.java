package dev.auditpolicy.agent;

import dev.auditpolicy.agent.Agent.Next;
import dev.auditpolicy.agent.metrics.AgentMeters;
import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.status.KubernetesApi;
import dev.auditpolicy.host.file.FileChanges;
import dev.auditpolicy.host.file.NodeLock;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an {@link Agent} until its thread is interrupted. Errors from the API server or the node do not stop it. */
public final class AgentLoop {

    private static final Logger LOG = LoggerFactory.getLogger(AgentLoop.class);

    private final Agent agent;
    private final KubernetesApi api;
    private final FileChanges changes;
    private final IdleWait idleWait;
    private final NodePaths paths;
    private final NodeLock lock;
    private final Heartbeat heartbeat;
    private final AgentMeters meters;

    /** @param lock of the node, held for one iteration at a time, so that another process can acquire it between iterations */
    AgentLoop(
            Agent agent,
            KubernetesApi api,
            FileChanges changes,
            IdleWait idleWait,
            NodePaths paths,
            NodeLock lock,
            Heartbeat heartbeat,
            AgentMeters meters) {
        this.agent = agent;
        this.api = api;
        this.changes = changes;
        this.idleWait = idleWait;
        this.paths = paths;
        this.lock = lock;
        this.heartbeat = heartbeat;
        this.meters = meters;
    }

    /** Returns when interrupted. */
    public void run() {
        try (var _ = api.watch(idleWait::wake);
                var _ = watchFiles()) {
            loop();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private FileChanges.Watch watchFiles() {
        try {
            return changes.watch(Set.of(paths.policy(), paths.manifest()), idleWait::wake);
        } catch (IOException failure) {
            LOG.atWarn().addKeyValue("reason", failure.getMessage()).log("Cannot watch files, falling back to polling");
            return () -> {};
        }
    }

    private void loop() throws InterruptedException {
        var lastError = "";
        while (true) {
            var next = Next.SOON;
            var before = idleWait.observe();
            try (var _ = lock.acquire()) {
                heartbeat.beat();
                next = agent.runOnce();
                meters.iterationCompleted();
                lastError = "";
            } catch (KubernetesClientException | IOException error) {
                meters.iterationFailed();
                lastError = logOnce(lastError, String.valueOf(error.getMessage()));
            } catch (RuntimeException | LinkageError internal) {
                meters.iterationFailed();
                LOG.atError().setCause(internal).log("Internal error, retrying");
                lastError = String.valueOf(internal.getMessage());
            }
            heartbeat.idle();
            idleWait.await(next.delay(), before);
        }
    }

    /** Logs an error that repeats in each iteration only once. */
    private static String logOnce(String before, String now) {
        if (!now.equals(before)) {
            LOG.atWarn().addKeyValue("reason", now).log("Iteration failed, retrying");
        }
        return now;
    }
}
