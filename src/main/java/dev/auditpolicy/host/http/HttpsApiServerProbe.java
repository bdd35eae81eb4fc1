package dev.auditpolicy.host.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** {@link ApiServerProbe} over HTTPS, with the cluster's certificate authority. */
public final class HttpsApiServerProbe implements ApiServerProbe {

    private final HttpsGet request;
    private final Optional<Supplier<String>> bearerToken;
    private final Set<Integer> readyStatuses;
    private final ObjectMapper json = new ObjectMapper();

    /** @param bearerToken read for each request, because kubelet renews it */
    public HttpsApiServerProbe(SSLSocketFactory trust, Supplier<String> bearerToken) {
        this(trust, Optional.of(bearerToken), Set.of(HttpsURLConnection.HTTP_OK));
    }

    private HttpsApiServerProbe(
            SSLSocketFactory trust, Optional<Supplier<String>> bearerToken, Set<Integer> readyStatuses) {
        this.request = new HttpsGet(trust);
        this.bearerToken = bearerToken;
        this.readyStatuses = readyStatuses;
    }

    /**
     * Without a token. A kube-apiserver that requires one (--anonymous-auth=false) or forbids the request counts as ready,
     * because one that does not serve would not respond.
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
        return problem(address).isEmpty();
    }

    @Override
    public Optional<String> problem(String address) {
        try {
            return request.get(address, "/readyz", headers(), response -> {
                var status = response.getResponseCode();
                return readyStatuses.contains(status)
                        ? Optional.<String>empty()
                        : Optional.of(ProbeFailure.of(address, status, response.getErrorStream()));
            });
        } catch (IOException failure) {
            return Optional.of(ProbeFailure.of(address, failure));
        }
    }

    @Override
    public Optional<String> version(String address) {
        try {
            return Optional.of(request.get(address, "/version", headers(), response -> json.readTree(
                            response.getInputStream())
                    .path("gitVersion")
                    .asText()));
        } catch (IOException unreachable) {
            return Optional.empty();
        }
    }

    private Map<String, String> headers() {
        return bearerToken
                .map(token -> Map.of("Authorization", "Bearer " + token.get()))
                .orElseGet(Map::of);
    }
}
