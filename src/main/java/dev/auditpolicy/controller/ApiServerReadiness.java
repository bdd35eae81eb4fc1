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
    private final Map<String, Optional<Instant>> readySince = new HashMap<>();

    /** @param isReady whether the kube-apiserver at a host and port answers /readyz with 200 now */
    public ApiServerReadiness(Predicate<String> isReady, InstantSource clock) {
        this.isReady = isReady;
        this.clock = clock;
    }

    /** Probes the kube-apiserver of {@code node}. Empty if it is not ready, or its address is not known. */
    synchronized Optional<Instant> probe(String node, @Nullable KubeAPIServer server) {
        if (server == null || server.address() == null) {
            return Optional.empty();
        }
        if (!isReady.test(server.address())) {
            readySince.put(node, Optional.empty());
            return Optional.empty();
        }
        var started = server.startedAt() == null ? clock.instant() : server.startedAt();
        var since = readySince.getOrDefault(node, Optional.of(started)).orElseGet(clock::instant);
        var sinceThisProcess = since.isBefore(started) ? started : since;
        readySince.put(node, Optional.of(sinceThisProcess));
        return Optional.of(sinceThisProcess);
    }
}
