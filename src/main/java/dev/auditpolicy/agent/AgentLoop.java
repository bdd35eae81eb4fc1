package dev.auditpolicy.agent;

import dev.auditpolicy.agent.Agent.Next;
import dev.auditpolicy.agent.metrics.AgentMeters;
import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.status.KubernetesApi;
import dev.auditpolicy.host.file.FileChanges;
import dev.auditpolicy.host.file.NodeLock;
import java.io.IOException;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an {@link Agent} until its thread is interrupted. No failure of an iteration stops it. */
public final class AgentLoop {

    private static final Logger LOG = LoggerFactory.getLogger(AgentLoop.class);

    private final Agent agent;
    private final KubernetesApi api;
    private final FileChanges changes;
    private final IdleWait idleWait;
    private final NodePaths paths;
    private final ManifestWatch manifest;
    private final NodeLock lock;
    private final Heartbeat heartbeat;
    private final AgentMeters meters;
    private final IterationFailures failures;

    /** @param lock of the node, held for one iteration at a time, so that another process can acquire it between iterations */
    AgentLoop(
            Agent agent,
            KubernetesApi api,
            FileChanges changes,
            IdleWait idleWait,
            NodePaths paths,
            ManifestWatch manifest,
            NodeLock lock,
            Heartbeat heartbeat,
            AgentMeters meters,
            IterationFailures failures) {
        this.agent = agent;
        this.api = api;
        this.changes = changes;
        this.idleWait = idleWait;
        this.paths = paths;
        this.manifest = manifest;
        this.lock = lock;
        this.heartbeat = heartbeat;
        this.meters = meters;
        this.failures = failures;
    }

    /** Returns when interrupted. */
    public void run() {
        runUntil(() -> false);
    }

    /** Returns when interrupted, or after the iteration after which {@code isOver}. */
    public void runUntil(BooleanSupplier isOver) {
        try (var _ = manifest.start();
                var _ = watchFiles();
                var _ = api.watch(idleWait::wake)) {
            loop(isOver);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private FileChanges.Watch watchFiles() {
        try {
            return changes.watch(Set.of(paths.policy(), paths.configuration()), this::wake);
        } catch (IOException failure) {
            LOG.atWarn().addKeyValue("reason", failure.getMessage()).log("Cannot watch files, falling back to polling");
            return () -> {};
        }
    }

    private void wake() {
        manifest.wake();
        idleWait.wake();
    }

    private void loop(BooleanSupplier isOver) throws InterruptedException {
        while (!isOver.getAsBoolean()) {
            // Also what has happened before this process started, and what no watch reports.
            manifest.wake();
            var next = Next.SOON;
            var before = idleWait.observe();
            try (var _ = lock.acquire()) {
                heartbeat.beat();
                failures.started();
                next = agent.runOnce();
                meters.iterationCompleted();
                failures.succeeded();
            } catch (IOException | RuntimeException | LinkageError failure) {
                meters.iterationFailed();
                failures.failed(failure);
            }
            heartbeat.idle();
            idleWait.await(next.delay(), before);
        }
    }
}
