package dev.auditpolicy.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a server that answers as a kube-apiserver with --anonymous-auth=false, which the fault matrix of the lab has: 401
 * without a client certificate, whether it is ready or not.
 */
class TokenlessApiServerProbeTest {

    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    private static Path directory;

    /** Of the server and of its one client. */
    private static SSLContext identity;

    private static SSLSocketFactory anonymous;

    private final AtomicInteger readyz = new AtomicInteger(200);
    private final AtomicInteger withoutCertificate = new AtomicInteger(401);
    private final AtomicLong nanoTime = new AtomicLong();
    private HttpsServer server;

    @BeforeAll
    static void aCertificate() throws GeneralSecurityException, IOException, InterruptedException {
        var file = directory.resolve("identity.p12");
        var keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "identity",
                "-keyalg",
                "EC",
                "-dname",
                "CN=kube-apiserver",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD));
        assertThat(keytool.inheritIO().start().waitFor()).isZero();
        var store = KeyStore.getInstance(file.toFile(), PASSWORD);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("server", store.getCertificate("identity"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        identity = context(keys.getKeyManagers(), trust);
        anonymous = context(new KeyManager[0], trust).getSocketFactory();
    }

    private static SSLContext context(KeyManager[] keys, TrustManagerFactory trust) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }

    @BeforeEach
    void aKubeApiServer() throws IOException {
        listenOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private void listenOn(InetSocketAddress port) throws IOException {
        server = HttpsServer.create(port, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity) {
            @Override
            public void configure(HttpsParameters parameters) {
                var requested = getSSLContext().getDefaultSSLParameters();
                requested.setWantClientAuth(true);
                parameters.setSSLParameters(requested);
            }
        });
        server.createContext("/readyz", exchange -> answer(exchange, readyz.get(), "ok"));
        server.createContext("/version", exchange -> answer(exchange, 200, "{\"gitVersion\": \"v1.36.3\"}"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void isReadyIfItAcceptsAnonymousRequests() {
        withoutCertificate.set(200);

        assertThat(probe(List.of()).isReady(address())).isTrue();
    }

    @Test
    void isReadyWithACertificateOfTheNode() {
        var probe = probe(List.of(anonymous, identity.getSocketFactory()));

        assertThat(probe.isReady(address())).isTrue();
        assertThat(probe.version(address())).contains("v1.36.3");
    }

    /** As without etcd: what a 401 hides. */
    @Test
    void isNotReadyIfOnlyThoseWithACertificateAreTold() {
        readyz.set(500);
        var probe = probe(List.of(identity.getSocketFactory()));

        assertThat(probe.isReady(address())).isFalse();

        nanoTime.addAndGet(TokenlessApiServerProbe.LISTENING.toNanos());
        assertThat(probe.isReady(address())).isFalse();
    }

    @Test
    void withoutAnAcceptedCertificateIsReadyOnceItHasListenedForLong() {
        withoutCertificate.set(403);
        var probe = probe(List.of(anonymous));

        assertThat(probe.isReady(address())).isFalse();

        nanoTime.addAndGet(TokenlessApiServerProbe.LISTENING.toNanos() - 1);
        assertThat(probe.isReady(address())).isFalse();

        nanoTime.incrementAndGet();
        assertThat(probe.isReady(address())).isTrue();
    }

    /** The time of the process before does not count. */
    @Test
    void countsAgainAfterABreak() throws IOException {
        var probe = probe(List.of());
        var address = address();
        probe.isReady(address);
        nanoTime.addAndGet(TokenlessApiServerProbe.LISTENING.toNanos());
        var port = server.getAddress();
        server.stop(0);
        probe.isReady(address);

        listenOn(port);

        assertThat(probe.isReady(address)).isFalse();
    }

    private TokenlessApiServerProbe probe(List<SSLSocketFactory> clientCertificates) {
        return new TokenlessApiServerProbe(anonymous, () -> clientCertificates, nanoTime::get);
    }

    private String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.sendResponseHeaders(hasCertificate(exchange) ? status : withoutCertificate.get(), 0);
        try (var output = exchange.getResponseBody()) {
            output.write(body.getBytes(UTF_8));
        }
    }

    private static boolean hasCertificate(HttpExchange exchange) {
        try {
            return ((HttpsExchange) exchange).getSSLSession().getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException none) {
            return false;
        }
    }
}
