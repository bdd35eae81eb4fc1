package dev.auditpolicy.host;

import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * {@link ReadyzProbe} over HTTPS, with the cluster's certificate authority. Each question is a connection of its own: a
 * kept one would be answered by a stopping kube-apiserver.
 */
public final class HttpsReadyzProbe implements ReadyzProbe {

    /** A healthy kube-apiserver answers in milliseconds; one that needs longer is not ready for a restarted peer. */
    private static final int PATIENCE_MILLIS = 3000;

    private final SSLSocketFactory trust;
    private final Supplier<String> bearerToken;

    /** @param bearerToken read anew for each question: kubelet renews it */
    public HttpsReadyzProbe(SSLSocketFactory trust, Supplier<String> bearerToken) {
        this.trust = trust;
        this.bearerToken = bearerToken;
    }

    @Override
    public boolean isReady(Address address) {
        try {
            var connection = (HttpsURLConnection)
                    URI.create("https://" + address + "/readyz").toURL().openConnection();
            connection.setSSLSocketFactory(trust);
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.setRequestProperty("Authorization", "Bearer " + bearerToken.get());
            connection.setRequestProperty("Connection", "close");
            try {
                return connection.getResponseCode() == HttpsURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notReachable) {
            return false;
        }
    }
}
