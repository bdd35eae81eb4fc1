package dev.auditpolicy.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/**
 * Clients of the API server: some open a connection for each request, some keep theirs, some hold a watch open. Each sends at a
 * fixed rate and has at most one request in flight. Like client-go they retry when the response has Retry-After (a server that
 * shuts down answers 503) and when the connection ends.
 */
final class Load implements AutoCloseable {

    private static final String REQUEST = "/api/v1/namespaces/default";
    private static final String RETRY_AFTER = "Retry-After";
    private static final int CLIENTS_PER_KIND = 5;
    private static final int WATCHES = 6;
    private static final Duration REQUEST_INTERVAL = Duration.ofMillis(100);
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** As k8s.io/client-go, rest/with_retry.go. */
    private static final int MAX_RETRIES = 10;

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final AtomicLong requests = new AtomicLong();
    private final Map<String, Long> causes = new ConcurrentSkipListMap<>();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong slow = new AtomicLong();
    private final Watches watches;
    private final URI server;
    private final SSLContext trust;
    private volatile boolean closed;

    /** Totals so far. A watch that ends counts as broken: each would last for hours. */
    record Counts(long requests, long failed, long retries, long slow, long brokenWatches) {

        Counts since(Counts before) {
            return new Counts(
                    requests - before.requests,
                    failed - before.failed,
                    retries - before.retries,
                    slow - before.slow,
                    brokenWatches - before.brokenWatches);
        }

        Counts plus(Counts other) {
            return new Counts(
                    requests + other.requests,
                    failed + other.failed,
                    retries + other.retries,
                    slow + other.slow,
                    brokenWatches + other.brokenWatches);
        }

        @Override
        public String toString() {
            return "%,d | %d | %d | %d | %d".formatted(requests, failed, retries, slow, brokenWatches);
        }
    }

    /** Sends a request once. */
    @FunctionalInterface
    private interface Attempt {
        Answer answer() throws IOException, InterruptedException;
    }

    /**
     * The result of one attempt.
     *
     * @param failure empty on success
     * @param retry whether client-go would retry
     */
    private record Answer(String failure, boolean retry) {

        static Answer of(int status, boolean retryAfter) {
            return new Answer(status == HttpsURLConnection.HTTP_OK ? "" : "status " + status, retryAfter);
        }

        static Answer none(IOException reason) {
            var connectionEnded = Stream.iterate((Throwable) reason, Objects::nonNull, Throwable::getCause)
                    .anyMatch(cause -> cause instanceof EOFException || "Connection reset".equals(cause.getMessage()));
            return new Answer(reason.toString(), connectionEnded);
        }
    }

    Load(URI server, SSLContext trust) {
        this.server = server;
        this.trust = trust;
        for (var client = 0; client < CLIENTS_PER_KIND; client++) {
            var kept = client();
            start(() -> requests("kept connection", () -> get(kept)));
            start(() -> requests("new connection", this::getOnNewConnection));
        }
        watches = new Watches(Collections.nCopies(WATCHES, server), trust);
    }

    /**
     * Runs the same load in a separate process, which can be in another network namespace. Prints the counts at end of input.
     *
     * @param arguments URL of the server, path of a kubeconfig
     */
    static void main(String... arguments) throws Exception {
        var config = Config.fromKubeconfig(Path.of(arguments[1]).toFile());
        var trust = SSLContext.getInstance("TLS");
        trust.init(SSLUtils.keyManagers(config), SSLUtils.trustManagers(config), null);
        try (var load = new Load(URI.create(arguments[0]), trust)) {
            while (System.in.read() >= 0) {}
            System.out.println(load.counts());
            System.err.println(load.causes());
        }
    }

    Counts counts() {
        return new Counts(requests.get(), failed.get(), retries.get(), slow.get(), watches.broken());
    }

    private static void start(Runnable work) {
        Thread.ofPlatform().daemon().start(work);
    }

    private HttpClient client() {
        return HttpClient.newBuilder()
                .sslContext(trust)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
    }

    /** Number of failures by kind of client and cause. */
    Map<String, Long> causes() {
        return causes;
    }

    private void requests(String kind, Attempt attempt) {
        try {
            while (!closed) {
                var start = System.nanoTime();
                failure(attempt).ifPresent(cause -> {
                    failed.incrementAndGet();
                    causes.merge(kind + ": " + cause, 1L, Long::sum);
                });
                requests.incrementAndGet();
                var took = Duration.ofNanos(System.nanoTime() - start);
                if (took.compareTo(SLOW) > 0) {
                    slow.incrementAndGet();
                }
                var remaining = REQUEST_INTERVAL.minus(took);
                if (remaining.isPositive()) {
                    Thread.sleep(remaining);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> failure(Attempt attempt) throws InterruptedException {
        var answer = answer(attempt);
        for (var left = MAX_RETRIES; answer.retry() && left > 0; left--) {
            retries.incrementAndGet();
            Thread.sleep(RETRY_DELAY);
            answer = answer(attempt);
        }
        return Optional.of(answer.failure()).filter(failure -> !failure.isEmpty());
    }

    private static Answer answer(Attempt attempt) throws InterruptedException {
        try {
            return attempt.answer();
        } catch (IOException reason) {
            return Answer.none(reason);
        }
    }

    private Answer get(HttpClient client) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(server.resolve(REQUEST)).timeout(TIMEOUT).build();
        var response = client.send(request, BodyHandlers.discarding());
        return Answer.of(
                response.statusCode(),
                response.headers().firstValue(RETRY_AFTER).isPresent());
    }

    private Answer getOnNewConnection() throws IOException {
        var connection = (HttpsURLConnection) server.resolve(REQUEST).toURL().openConnection();
        connection.setSSLSocketFactory(trust.getSocketFactory());
        connection.setConnectTimeout((int) TIMEOUT.toMillis());
        connection.setReadTimeout((int) TIMEOUT.toMillis());
        connection.setRequestProperty("Connection", "close");
        return Answer.of(connection.getResponseCode(), connection.getHeaderField(RETRY_AFTER) != null);
    }

    @Override
    public void close() {
        closed = true;
        watches.close();
    }
}
