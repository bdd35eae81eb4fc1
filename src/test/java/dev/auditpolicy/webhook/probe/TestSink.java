package dev.auditpolicy.webhook.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.auditpolicy.webhook.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A receiver on the loopback interface that answers what it is told to, and remembers what it was asked. */
final class TestSink implements AutoCloseable {

    private static final char[] PASSWORD = "password".toCharArray();

    /** A request. */
    record Received(
            String method, String uri, Map<String, List<String>> headers, String body, String client, String name) {}

    private final HttpServer server;
    private final List<Received> received = new ArrayList<>();
    private int status = 200;
    private String body = "";
    private Map<String, String> headers = Map.of();

    private TestSink(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.start();
    }

    static TestSink http() throws IOException {
        return new TestSink(HttpServer.create(loopback(), 0));
    }

    /** @param clients whose certificates it asks for; null if it asks for none */
    static TestSink https(TestAuthority.Signed identity, X509Certificate clients)
            throws IOException, GeneralSecurityException {
        var server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(identity, clients)) {
            @Override
            public void configure(HttpsParameters parameters) {
                var requested = getSSLContext().getDefaultSSLParameters();
                requested.setNeedClientAuth(clients != null);
                parameters.setSSLParameters(requested);
            }
        });
        return new TestSink(server);
    }

    private static SSLContext context(TestAuthority.Signed identity, X509Certificate clients)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "sink", identity.keys().getPrivate(), PASSWORD, new X509Certificate[] {identity.certificate()});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("clients", clients == null ? identity.certificate() : clients);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    TestSink answering(int newStatus, String newBody, Map<String, String> newHeaders) {
        status = newStatus;
        body = newBody;
        headers = newHeaders;
        return this;
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                client(exchange),
                name(exchange)));
        headers.forEach(exchange.getResponseHeaders()::add);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String client(HttpExchange exchange) throws IOException {
        return exchange instanceof HttpsExchange https
                        && https.getSSLSession().getLocalCertificates() != null
                        && hasPeer(https)
                ? https.getSSLSession().getPeerPrincipal().getName()
                : "";
    }

    private static boolean hasPeer(HttpsExchange exchange) {
        try {
            return exchange.getSSLSession().getPeerCertificates().length > 0;
        } catch (IOException anonymous) {
            return false;
        }
    }

    /** The name that the client asked for in the TLS handshake. */
    private static String name(HttpExchange exchange) {
        return exchange instanceof HttpsExchange https && https.getSSLSession() instanceof ExtendedSSLSession session
                ? session.getRequestedServerNames().stream()
                        .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
                        .findFirst()
                        .orElse("")
                : "";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
