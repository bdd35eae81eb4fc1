package dev.auditpolicy.webhook.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.webhook.sink.WebhookKubeconfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one request to the receiver as kube-apiserver would: the same method, path, headers, TLS settings and proxy, from the
 * same node. It does not follow redirects.
 *
 * <p>The EventList is empty. An event of our own would be stored, counted and searched as one of the API server, would need an
 * audit ID, a user and a URI that are nobody's, and would come again with each revision, node and retry; a receiver that
 * forwards to a log would have to be cleaned. The checks that fail in practice (name, route, TLS, credentials, path, redirect,
 * limits) come before a receiver looks at the items. A receiver that fails on an empty list answers with an error, which is the
 * safe side: {@code spec.webhook.probe: Skip} is for that one.
 */
public final class SinkProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final byte[] NO_EVENTS =
            "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":[]}\n"
                    .getBytes(UTF_8);

    private final List<X509Certificate> systemRoots;
    private final Duration timeout;

    /** Without a certificate authority in the kubeconfig, it trusts the roots of this Java runtime. */
    public SinkProbe() {
        this(List.of());
    }

    /**
     * With the roots of the node.
     *
     * @param systemRoots what kube-apiserver trusts if the kubeconfig has no certificate authority
     */
    public SinkProbe(List<X509Certificate> systemRoots) {
        this(systemRoots, TIMEOUT);
    }

    SinkProbe(List<X509Certificate> systemRoots, Duration timeout) {
        this.systemRoots = List.copyOf(systemRoots);
        this.timeout = timeout;
    }

    /**
     * Asks the receiver. Takes 20 s at most.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public ProbeResult probe(WebhookKubeconfig sink) throws InterruptedException {
        Optional<String> unsupported = sink.proxy().flatMap(proxy -> unsupported(proxy, sink.isTls()));
        if (unsupported.isPresent()) {
            return new ProbeResult.NotAsked(unsupported.get());
        }
        try {
            return ask(sink);
        } catch (GeneralSecurityException | IOException unusable) {
            return new ProbeResult.TlsFailed(ProbeFailure.innermost(unusable));
        } catch (IllegalArgumentException inexpressible) {
            // Its message can quote a header, which can be a credential.
            return new ProbeResult.NotAsked(
                    "a header or tls-server-name of the kubeconfig has characters that this agent" + " cannot send");
        }
    }

    private ProbeResult ask(WebhookKubeconfig sink) throws GeneralSecurityException, IOException, InterruptedException {
        var client = client(sink);
        try {
            var redaction = Redaction.of(sink.credentials());
            var response = client.sendAsync(request(sink), _ -> new FirstCharacters(redaction))
                    .get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
            return result(response, redaction);
        } catch (TimeoutException slow) {
            return new ProbeResult.TimedOut(2 * timeout.toSeconds());
        } catch (ExecutionException failed) {
            return ProbeFailure.of(
                    sink.proxy().orElse(sink.server()).getHost(),
                    Objects.requireNonNullElse(failed.getCause(), failed),
                    timeout.toSeconds());
        } finally {
            client.shutdownNow();
        }
    }

    private HttpClient client(WebhookKubeconfig sink) throws GeneralSecurityException, IOException {
        var builder = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(sink.isTls() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .proxy(sink.proxy().map(SinkProbe::selector).orElse(HttpClient.Builder.NO_PROXY));
        if (sink.isTls()) {
            builder.sslContext(SinkTls.context(sink.tls(), systemRoots));
        }
        return builder.build();
    }

    private static ProxySelector selector(URI proxy) {
        return ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort() == -1 ? 80 : proxy.getPort()));
    }

    /** The HTTP client of Java speaks plain HTTP with proxies, and sends no password to one that tunnels. */
    private static Optional<String> unsupported(URI proxy, boolean tunnels) {
        if (!proxy.getScheme().equals("http")) {
            return Optional.of(
                    "it is behind a proxy of scheme " + proxy.getScheme() + ", which this agent does not speak");
        }
        return proxy.getRawUserInfo() != null
                ? Optional.of("its proxy requires a password, which this agent does not send"
                        + (tunnels ? " in the clear" : ""))
                : Optional.empty();
    }

    private HttpRequest request(WebhookKubeconfig sink) {
        var request = HttpRequest.newBuilder(URI.create(sink.server() + "?timeout=30s"))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, */*")
                .header("User-Agent", "Go-http-client/" + (sink.isTls() ? "2.0" : "1.1"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(NO_EVENTS));
        sink.credentials().authorization().ifPresent(value -> request.header("Authorization", value));
        sink.headers().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        return request.build();
    }

    /** A redirect without a target is an error to kube-apiserver. */
    private static ProbeResult result(HttpResponse<String> response, Redaction redaction) {
        int status = response.statusCode();
        if (status >= 200 && status <= 206) {
            return new ProbeResult.Accepted(status);
        }
        return response.headers()
                .firstValue("Location")
                .filter(_ -> status >= 301 && status <= 308 && status != 304)
                .<ProbeResult>map(location -> new ProbeResult.Redirects(status, shown(location, redaction)))
                .orElseGet(() -> new ProbeResult.Answered(status, response.body()));
    }

    /** A query can be a session, or contain the credentials again. */
    private static String shown(String location, Redaction redaction) {
        var query = location.indexOf('?');
        return redaction.apply(query < 0 ? location : location.substring(0, query) + "?…");
    }
}
