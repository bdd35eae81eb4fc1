package dev.auditpolicy.host.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** {@link ApiServerProbe} with the token of a service account. */
public final class HttpsApiServerProbe implements ApiServerProbe {

    private final HttpsGet request;
    private final Supplier<String> bearerToken;
    private final ObjectMapper json = new ObjectMapper();

    /** @param bearerToken read for each request, because kubelet renews it */
    public HttpsApiServerProbe(SSLSocketFactory trust, Supplier<String> bearerToken) {
        this.request = new HttpsGet(trust);
        this.bearerToken = bearerToken;
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
                return status == HttpsURLConnection.HTTP_OK
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
            return Optional.of(
                    request.get(address, "/version", headers(), response -> json.readTree(response.getInputStream())
                            .path("gitVersion")
                            .asText()));
        } catch (IOException unreachable) {
            return Optional.empty();
        }
    }

    private Map<String, String> headers() {
        return Map.of("Authorization", "Bearer " + bearerToken.get());
    }
}
