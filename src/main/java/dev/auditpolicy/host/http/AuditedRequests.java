package dev.auditpolicy.host.http;

import java.io.IOException;

/** Sends requests with a known Audit-ID to a kube-apiserver. A port, so that tests can simulate a node. */
public interface AuditedRequests {

    /** The identity of the sender as kube-apiserver sees it. */
    CallerIdentity callerIdentity() throws IOException;

    /**
     * Sends a GET and returns the status code of the response.
     *
     * @param address host and port, an IPv6 host in brackets
     * @param auditID header Audit-ID, with which kube-apiserver records the request
     */
    int get(String address, String path, String auditID) throws IOException;
}
