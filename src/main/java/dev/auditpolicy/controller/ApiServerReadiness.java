package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tracks how long each kube-apiserver has been ready. If the first probe succeeds, readiness counts from the start of
 * the process, so that a restart of the controller does not delay the rollout. After a failed probe, it counts from the
 * next success.
 */
public final class ApiServerReadiness {

    private final Predicate<String> isReady;
    private final InstantSource clock;
    private final Map<String, Observation> observations = new HashMap<>();

    /** @param isReady whether the kube-apiserver at a host and port answers /readyz with 200 now */
    public ApiServerReadiness(Predicate<String> isReady, InstantSource clock) {
        this.isReady = isReady;
        this.clock = clock;
    }

    /**
     * The last probe.
     *
     * @param startedAt identifies the process. It is a time of the node's clock, which may be ahead.
     */
    private record Observation(Optional<Instant> startedAt, Optional<Instant> readySince) {}

    /** Probes the kube-apiserver of {@code node}. Empty if it is not ready, or its address is not known. */
    synchronized Optional<Instant> probe(String node, @Nullable KubeAPIServer server) {
        if (server == null || server.address() == null) {
            return Optional.empty();
        }
        var startedAt = Optional.ofNullable(server.startedAt());
        var last = Optional.ofNullable(observations.get(node));
        var readySince =
                isReady.test(server.address()) ? Optional.of(readySince(startedAt, last)) : Optional.<Instant>empty();
        observations.put(node, new Observation(startedAt, readySince));
        return readySince;
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
