package dev.auditpolicy.controller;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Since when each kube-apiserver has been ready. The first answer counts from the start of the process, so that a
 * controller that has just started does not make a settled cluster wait; after an answer that was not ready, from the
 * next that was.
 */
public final class ApiServerReadiness {

    private final Predicate<String> isReady;
    private final InstantSource clock;
    private final Map<String, Optional<Instant>> readySince = new HashMap<>();

    /**
     * Nothing is known yet.
     *
     * @param isReady whether the kube-apiserver at a host and port answers /readyz with 200 now
     */
    public ApiServerReadiness(Predicate<String> isReady, InstantSource clock) {
        this.isReady = requireNonNull(isReady, "isReady is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Asks the kube-apiserver of {@code node} now. Empty when it is not ready, or nobody has told where it is. */
    synchronized Optional<Instant> ask(String node, KubeAPIServer server) {
        if (server == null || server.address() == null) {
            return Optional.empty();
        }
        if (!isReady.test(server.address())) {
            readySince.put(node, Optional.empty());
            return Optional.empty();
        }
        var started = server.startedAt() == null ? clock.instant() : server.startedAt();
        var since = readySince.containsKey(node) ? readySince.get(node).orElseGet(clock::instant) : started;
        var sinceThisProcess = since.isBefore(started) ? started : since;
        readySince.put(node, Optional.of(sinceThisProcess));
        return Optional.of(sinceThisProcess);
    }
}
