package dev.auditpolicy.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** Clients that each hold a watch open and open another when it ends. A kube-apiserver waits for open watches when it stops. */
final class Watches implements AutoCloseable {

    private static final String WATCH = "/api/v1/namespaces/default/configmaps?watch=1&timeoutSeconds=36000";
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final AtomicLong broken = new AtomicLong();
    private final SSLContext trust;
    private volatile boolean closed;

    /** @param servers one for each watch */
    Watches(List<URI> servers, SSLContext trust) {
        this.trust = trust;
        servers.forEach(server -> Thread.ofPlatform().daemon().start(() -> watchUntilClosed(server)));
    }

    /** How many have ended so far: each would last for hours. */
    long broken() {
        return broken.get();
    }

    private void watchUntilClosed(URI server) {
        var request = HttpRequest.newBuilder(server.resolve(WATCH)).build();
        var client = HttpClient.newBuilder()
                .sslContext(trust)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
        try {
            while (!closed) {
                try {
                    client.send(request, BodyHandlers.ofInputStream())
                            .body()
                            .transferTo(OutputStream.nullOutputStream());
                } catch (IOException ended) {
                    Thread.sleep(PAUSE);
                }
                broken.incrementAndGet();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
