package dev.auditpolicy.host.http;

import java.io.IOException;

/** Requests to a kube-apiserver that are to be found in its audit log. A port, so that a simulated node can have it. */
public interface AuditedRequests {

    /** As whom kube-apiserver knows who sends them. */
    CallerIdentity callerIdentity() throws IOException;

    /**
     * Sends a GET and returns the status code of the answer.
     *
     * @param address host and port, an IPv6 host in brackets
     * @param auditID sent in the header Audit-ID, under which kube-apiserver records the request
     */
    int get(String address, String path, String auditID) throws IOException;
}
