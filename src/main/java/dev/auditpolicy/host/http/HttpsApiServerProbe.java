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
        return get(address, "/readyz", HttpsURLConnection::getResponseCode)
                .filter(status -> status == HttpsURLConnection.HTTP_OK)
                .isPresent();
    }

    @Override
    public Optional<String> version(String address) {
        return get(address, "/version", response -> json.readTree(response.getInputStream())
                .path("gitVersion")
                .asText());
    }

    private <T> Optional<T> get(String address, String path, HttpsGet.ResponseReader<T> reader) {
        var headers = Map.of("Authorization", "Bearer " + bearerToken.get());
        try {
            return Optional.of(request.get(address, path, headers, reader));
        } catch (IOException unreachable) {
            return Optional.empty();
        }
    }
}
