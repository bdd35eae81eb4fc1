package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.rollout.Readiness;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tracks how long each kube-apiserver has been ready. If the first probe succeeds, readiness counts from the start of
 * the process, so that a restart of the controller does not delay the rollout. After a failed probe, it counts from the
 * next success.
 */
public final class ApiServerReadiness {

    private final Function<String, Optional<String>> problem;
    private final InstantSource clock;
    private final Map<String, Observation> observations = new HashMap<>();

    /** @param problem why the kube-apiserver at a host and port does not answer /readyz with 200 now; empty if it does */
    public ApiServerReadiness(Function<String, Optional<String>> problem, InstantSource clock) {
        this.problem = problem;
        this.clock = clock;
    }

    /**
     * The last probe.
     *
     * @param startedAt identifies the process. It is a time of the node's clock, which may be ahead.
     */
    private record Observation(Optional<Instant> startedAt, Optional<Instant> readySince) {}

    /** Probes the kube-apiserver of {@code node}. */
    synchronized Readiness probe(String node, @Nullable KubeAPIServer server) {
        if (server == null || server.address() == null) {
            return new Readiness.NotReady("its agent has not reported the address yet");
        }
        var startedAt = Optional.ofNullable(server.startedAt());
        var last = Optional.ofNullable(observations.get(node));
        var reason = problem.apply(server.address());
        if (reason.isPresent()) {
            observations.put(node, new Observation(startedAt, Optional.empty()));
            return new Readiness.NotReady(reason.get());
        }
        var since = readySince(startedAt, last);
        observations.put(node, new Observation(startedAt, Optional.of(since)));
        return new Readiness.Ready(since);
    }

    private Instant readySince(Optional<Instant> startedAt, Optional<Observation> last) {
        var now = clock.instant();
        var start = startedAt.filter(now::isAfter).orElse(now);
        if (last.isEmpty()) {
            return start;
        }
        var since = last.get().readySince().orElse(now);
        return last.get().startedAt().equals(startedAt) || since.isAfter(start) ? since : start;
    }
}
