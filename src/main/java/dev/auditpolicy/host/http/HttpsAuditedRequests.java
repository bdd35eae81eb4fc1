package dev.auditpolicy.host.http;

import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** {@link AuditedRequests} over HTTPS with the token of a service account. */
public final class HttpsAuditedRequests implements AuditedRequests {

    private final HttpsGet request;
    private final Supplier<String> bearerToken;

    /** @param bearerToken read for each request, because kubelet renews it */
    public HttpsAuditedRequests(SSLSocketFactory trust, Supplier<String> bearerToken) {
        this.request = new HttpsGet(trust);
        this.bearerToken = bearerToken;
    }

    @Override
    public CallerIdentity callerIdentity() throws IOException {
        return CallerIdentity.ofToken(bearerToken.get());
    }

    @Override
    public int get(String address, String path, String auditID) throws IOException {
        return request.get(
                address,
                path,
                Map.of("Authorization", "Bearer " + bearerToken.get(), "Audit-ID", auditID),
                HttpsURLConnection::getResponseCode);
    }
}
