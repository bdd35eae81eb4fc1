package dev.auditpolicy.host;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * {@link ApiServerProbe} over HTTPS, with the cluster's certificate authority. Each question is a connection of its
 * own: a kept one would be answered by a stopping kube-apiserver.
 */
public final class HttpsApiServerProbe implements ApiServerProbe {

    /** A healthy kube-apiserver answers in milliseconds; one that needs longer is not ready for a restarted peer. */
    private static final int PATIENCE_MILLIS = 3000;

    private final SSLSocketFactory trust;
    private final Optional<Supplier<String>> bearerToken;
    private final Set<Integer> inService;
    private final ObjectMapper json = new ObjectMapper();

    /** @param bearerToken read anew for each question: kubelet renews it */
    public HttpsApiServerProbe(SSLSocketFactory trust, Supplier<String> bearerToken) {
        this(trust, Optional.of(bearerToken), Set.of(HttpsURLConnection.HTTP_OK));
    }

    private HttpsApiServerProbe(
            SSLSocketFactory trust, Optional<Supplier<String>> bearerToken, Set<Integer> inService) {
        this.trust = requireNonNull(trust, "trust is null");
        this.bearerToken = bearerToken;
        this.inService = inService;
    }

    /**
     * For who has no token. A kube-apiserver that asks for one (--anonymous-auth=false) or forbids the question counts
     * as ready: one that is not in service does not get as far.
     */
    public static HttpsApiServerProbe anonymous(SSLSocketFactory trust) {
        return new HttpsApiServerProbe(
                trust,
                Optional.empty(),
                Set.of(
                        HttpsURLConnection.HTTP_OK,
                        HttpsURLConnection.HTTP_UNAUTHORIZED,
                        HttpsURLConnection.HTTP_FORBIDDEN));
    }

    @Override
    public boolean isReady(String address) {
        return get(address, "/readyz", HttpsURLConnection::getResponseCode)
                .filter(inService::contains)
                .isPresent();
    }

    @Override
    public Optional<String> version(String address) {
        return get(address, "/version", answer -> json.readTree(answer.getInputStream())
                .path("gitVersion")
                .asText());
    }

    private <T> Optional<T> get(String address, String path, Reading<T> reading) {
        try {
            var connection = (HttpsURLConnection)
                    URI.create("https://" + address + path).toURL().openConnection();
            connection.setSSLSocketFactory(trust);
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            bearerToken.ifPresent(token -> connection.setRequestProperty("Authorization", "Bearer " + token.get()));
            connection.setRequestProperty("Connection", "close");
            try {
                return Optional.of(reading.from(connection));
            } finally {
                connection.disconnect();
            }
        } catch (IOException notReachable) {
            return Optional.empty();
        }
    }

    private interface Reading<T> {
        T from(HttpsURLConnection answer) throws IOException;
    }
}
