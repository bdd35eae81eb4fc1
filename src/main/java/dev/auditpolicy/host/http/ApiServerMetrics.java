package dev.auditpolicy.host.http;

import java.io.IOException;
import java.io.InputStream;

/** Reads the metrics of a kube-apiserver. A port, so that tests can simulate a node. */
@FunctionalInterface
public interface ApiServerMetrics {

    /** Reads a response. */
    @FunctionalInterface
    interface Reader<T> {
        T read(InputStream text) throws IOException;
    }

    /**
     * Reads {@code /metrics}, which has 5 MB and more.
     *
     * @param address host and port, an IPv6 host in brackets
     * @throws IOException if kube-apiserver does not answer with status 200
     */
    <T> T read(String address, Reader<T> reader) throws IOException;
}
