package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;

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

/** Runs an {@link Agent} until its thread is interrupted; no error of the API server or of the node ends it. */
public final class AgentLoop {

    private static final Logger LOG = LoggerFactory.getLogger(AgentLoop.class);

    private final Agent agent;
    private final KubernetesApi api;
    private final FileChanges changes;
    private final IdleWait rest;
    private final NodePaths paths;
    private final NodeLock lock;
    private final Heartbeat heartbeat;
    private final AgentMeters meters;

    /** @param lock of the node, held for one round at a time: whoever else wants it comes between two rounds */
    AgentLoop(
            Agent agent,
            KubernetesApi api,
            FileChanges changes,
            IdleWait rest,
            NodePaths paths,
            NodeLock lock,
            Heartbeat heartbeat,
            AgentMeters meters) {
        this.agent = requireNonNull(agent, "agent is null");
        this.api = requireNonNull(api, "api is null");
        this.changes = requireNonNull(changes, "changes is null");
        this.rest = requireNonNull(rest, "rest is null");
        this.paths = requireNonNull(paths, "paths is null");
        this.lock = requireNonNull(lock, "lock is null");
        this.heartbeat = requireNonNull(heartbeat, "heartbeat is null");
        this.meters = requireNonNull(meters, "meters is null");
    }

    /** Returns when interrupted. */
    public void run() {
        try (var _ = api.watch(rest::wake);
                var _ = watchFiles()) {
            loop();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private FileChanges.Watch watchFiles() {
        try {
            return changes.watch(Set.of(paths.policy(), paths.manifest()), rest::wake);
        } catch (IOException failure) {
            LOG.atWarn().addKeyValue("reason", failure.getMessage()).log("File changes will be seen by looking only");
            return () -> {};
        }
    }

    private void loop() throws InterruptedException {
        var trouble = "";
        while (true) {
            var next = Next.SOON;
            var before = rest.glance();
            try (var _ = lock.acquire()) {
                heartbeat.beat();
                next = agent.round();
                meters.roundEnded();
                trouble = "";
            } catch (KubernetesClientException | IOException error) {
                meters.roundFailed();
                trouble = tellOnce(trouble, String.valueOf(error.getMessage()));
            }
            heartbeat.rest();
            rest.take(next.delay(), before);
        }
    }

    /** An API server that is away for a minute is one line, not sixty. */
    private static String tellOnce(String before, String now) {
        if (!now.equals(before)) {
            LOG.atWarn().addKeyValue("reason", now).log("Round not finished, trying again");
        }
        return now;
    }
}
