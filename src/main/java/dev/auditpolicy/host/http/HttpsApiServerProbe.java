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

    private final HttpsGet question;
    private final Optional<Supplier<String>> bearerToken;
    private final Set<Integer> inService;
    private final ObjectMapper json = new ObjectMapper();

    /** @param bearerToken read anew for each question: kubelet renews it */
    public HttpsApiServerProbe(SSLSocketFactory trust, Supplier<String> bearerToken) {
        this(trust, Optional.of(bearerToken), Set.of(HttpsURLConnection.HTTP_OK));
    }

    private HttpsApiServerProbe(
            SSLSocketFactory trust, Optional<Supplier<String>> bearerToken, Set<Integer> inService) {
        this.question = new HttpsGet(trust);
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

    private <T> Optional<T> get(String address, String path, HttpsGet.Reading<T> reading) {
        var headers = bearerToken
                .map(token -> Map.of("Authorization", "Bearer " + token.get()))
                .orElseGet(Map::of);
        try {
            return Optional.of(question.get(address, path, headers, reading));
        } catch (IOException notReachable) {
            return Optional.empty();
        }
    }
}
