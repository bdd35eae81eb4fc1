package dev.auditpolicy.host.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * {@link ApiServerProbe} for the guard and for commands on the node, which have no token.
 *
 * <p>With --anonymous-auth=false, kube-apiserver answers 401 as soon as it listens, also while it is not ready, for example
 * without etcd. So does one that forbids the request, with 403. Both answers only say that the process listens. The probe then
 * repeats the request with the client certificates of the node's components. If kube-apiserver accepts none of them, the
 * remaining evidence is time: what makes kube-apiserver exit after a change of its audit settings does so before it listens, or
 * within seconds.
 */
public final class TokenlessApiServerProbe implements ApiServerProbe {

    /** A post-start hook that fails ends the process. On an idle node, the last one completes within 5 s. */
    static final Duration LISTENING = Duration.ofSeconds(30);

    private static final Set<Integer> REFUSED =
            Set.of(HttpsURLConnection.HTTP_UNAUTHORIZED, HttpsURLConnection.HTTP_FORBIDDEN);

    private final HttpsGet anonymous;
    private final Supplier<List<SSLSocketFactory>> clientCertificates;
    private final LongSupplier nanoTime;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Long> listeningSince = new HashMap<>();

    /**
     * @param clientCertificates of the node's components; requested only if kube-apiserver refuses an anonymous request
     * @param nanoTime a monotonic clock
     */
    public TokenlessApiServerProbe(
            SSLSocketFactory trust, Supplier<List<SSLSocketFactory>> clientCertificates, LongSupplier nanoTime) {
        this.anonymous = new HttpsGet(trust);
        this.clientCertificates = clientCertificates;
        this.nanoTime = nanoTime;
    }

    @Override
    public boolean isReady(String address) {
        var answer = status(anonymous, address);
        if (answer.filter(REFUSED::contains).isPresent()) {
            answer = authenticated()
                    .flatMap(request -> status(request, address).stream())
                    .filter(status -> !REFUSED.contains(status))
                    .findFirst()
                    .or(() -> answerOfOneThatRefuses(address));
        } else {
            listeningSince.remove(address);
        }
        return answer.filter(status -> status == HttpsURLConnection.HTTP_OK).isPresent();
    }

    private Optional<Integer> answerOfOneThatRefuses(String address) {
        var now = nanoTime.getAsLong();
        var since = listeningSince.computeIfAbsent(address, _ -> now);
        return now - since >= LISTENING.toNanos() ? Optional.of(HttpsURLConnection.HTTP_OK) : Optional.empty();
    }

    @Override
    public Optional<String> version(String address) {
        return Stream.concat(Stream.of(anonymous), authenticated())
                .flatMap(request -> version(request, address).stream())
                .findFirst();
    }

    private Stream<HttpsGet> authenticated() {
        return clientCertificates.get().stream().map(HttpsGet::new);
    }

    private Optional<String> version(HttpsGet request, String address) {
        try {
            return Optional.of(
                    request.get(address, "/version", Map.of(), response -> json.readTree(response.getInputStream())
                            .path("gitVersion")
                            .asText()));
        } catch (IOException refused) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> status(HttpsGet request, String address) {
        try {
            return Optional.of(request.get(address, "/readyz", Map.of(), HttpsURLConnection::getResponseCode));
        } catch (IOException unreachable) {
            return Optional.empty();
        }
    }
}
