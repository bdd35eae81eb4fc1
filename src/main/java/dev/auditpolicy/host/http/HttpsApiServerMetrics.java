package dev.auditpolicy.host.http;

import java.io.IOException;
import java.net.HttpURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** {@link ApiServerMetrics} of a caller that kube-apiserver knows. */
public final class HttpsApiServerMetrics implements ApiServerMetrics {

    private final HttpsGet request;
    private final Credentials credentials;

    public HttpsApiServerMetrics(SSLSocketFactory trust, Credentials credentials) {
        this.request = new HttpsGet(trust);
        this.credentials = credentials;
    }

    @Override
    public <T> T read(String address, Reader<T> reader) throws IOException {
        return request.get(address, "/metrics", credentials.headers(), response -> {
            var status = response.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("kube-apiserver answers GET /metrics with status " + status
                        + (status == HttpURLConnection.HTTP_FORBIDDEN
                                ? ": permit it in the ClusterRole auditpolicy-agent"
                                : ""));
            }
            try (var body = response.getInputStream()) {
                return reader.read(body);
            }
        });
    }
}
