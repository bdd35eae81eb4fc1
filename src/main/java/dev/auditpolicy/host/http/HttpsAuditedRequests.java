package dev.auditpolicy.host.http;

import java.io.IOException;
import java.util.HashMap;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** {@link AuditedRequests} over HTTPS. */
public final class HttpsAuditedRequests implements AuditedRequests {

    private final HttpsGet request;
    private final Credentials credentials;

    public HttpsAuditedRequests(SSLSocketFactory trust, Credentials credentials) {
        this.request = new HttpsGet(trust);
        this.credentials = credentials;
    }

    @Override
    public CallerIdentity callerIdentity() throws IOException {
        return credentials.identity();
    }

    @Override
    public int get(String address, String path, String auditID) throws IOException {
        var headers = new HashMap<>(credentials.headers());
        headers.put("Audit-ID", auditID);
        return request.get(address, path, headers, HttpsURLConnection::getResponseCode);
    }
}
