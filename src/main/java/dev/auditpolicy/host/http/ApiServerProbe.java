package dev.auditpolicy.host.http;

import java.util.Optional;

/** Probes a kube-apiserver. A port, so that tests can fail every call. */
public interface ApiServerProbe {

    /**
     * Whether {@code /readyz} of the kube-apiserver responds with status 200 within a few seconds.
     *
     * @param address host and port, an IPv6 host in brackets
     */
    boolean isReady(String address);

    /** Why {@link #isReady} is false, as a short phrase. Empty if it is true. */
    default Optional<String> problem(String address) {
        return isReady(address) ? Optional.empty() : Optional.of("no answer with status 200");
    }

    /** The version that the kube-apiserver reports, such as {@code v1.36.3}. Empty if it does not respond. */
    Optional<String> version(String address);
}
