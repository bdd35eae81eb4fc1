package dev.auditpolicy.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.auditpolicy.webhook.TestAuthority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Receives audit events by HTTPS on an address of this machine that the nodes of the lab reach. */
final class EventReceiver implements AutoCloseable {

    private static final char[] PASSWORD = "password".toCharArray();
    private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2100-01-01T00:00:00Z");

    /** A request with events. */
    record Batch(String path, String authorization, String body) {

        boolean hasEvents() {
            return body.contains("\"auditID\"");
        }
    }

    private final TestAuthority authority = new TestAuthority("receiver", FROM, UNTIL);
    private final List<Batch> batches = new CopyOnWriteArrayList<>();
    private final HttpsServer server;
    private final String host;

    /** @param host an address of this machine */
    EventReceiver(String host) throws IOException, GeneralSecurityException {
        this.host = host;
        this.server = HttpsServer.create(new InetSocketAddress(host, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context()));
        server.createContext("/", exchange -> answer(exchange, 200));
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/events");
            answer(exchange, 301);
        });
        server.start();
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        var identity = authority.sign("receiver", "EC", FROM, UNTIL, host);
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "receiver", identity.keys().getPrivate(), PASSWORD, new X509Certificate[] {identity.certificate()});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        batches.add(new Batch(
                exchange.getRequestURI().getPath(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** What has arrived, in order. */
    List<Batch> batches() {
        return List.copyOf(batches);
    }

    /** The Secret with a kubeconfig for this receiver. */
    String secret(String path, String token) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: audit-webhook, namespace: auditpolicy-system}
                stringData:
                  token: %s
                  ca.crt: |
                %s
                  kubeconfig: |
                    apiVersion: v1
                    kind: Config
                    current-context: receiver
                    contexts: [{name: receiver, context: {cluster: receiver, user: kube-apiserver}}]
                    clusters: [{name: receiver, cluster: {server: "https://%s:%d%s", certificate-authority: ca.crt}}]
                    users: [{name: kube-apiserver, user: {tokenFile: token}}]
                """.formatted(
                        token,
                        new String(TestAuthority.pem(authority.certificate()), US_ASCII).indent(4),
                        host,
                        server.getAddress().getPort(),
                        path);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
