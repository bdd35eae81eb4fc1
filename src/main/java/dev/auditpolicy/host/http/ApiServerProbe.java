package dev.auditpolicy.host.http;

import java.util.Optional;

/** Asks a kube-apiserver about itself. A port, so that every call can be made to fail in a test. */
public interface ApiServerProbe {

    /**
     * Whether {@code /readyz} of the kube-apiserver answers 200 within a few seconds.
     *
     * @param address host and port, an IPv6 host in brackets
     */
    boolean isReady(String address);

    /** The version that the kube-apiserver says it is, such as {@code v1.36.3}; empty when it does not answer. */
    Optional<String> version(String address);
}
