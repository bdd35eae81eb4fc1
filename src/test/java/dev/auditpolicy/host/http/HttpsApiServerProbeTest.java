package dev.auditpolicy.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate for 127.0.0.1. */
class HttpsApiServerProbeTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path directory;

    private HttpsServer server;
    private SSLContext tls;
    private int status = 200;
    private String body = "ok";

    @BeforeEach
    void startServer() throws Exception {
        tls = context(certificate());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/readyz", exchange -> {
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void hasNoProblemWithAServerThatIsReady() {
        assertThat(probe().problem(address("127.0.0.1"))).isEmpty();
        assertThat(probe().isReady(address("127.0.0.1"))).isTrue();
    }

    @Test
    void namesTheStatusAndTheFailingChecks() {
        status = 500;
        body =
                "[+]ping ok\n[-]etcd failed: reason withheld\n[-]poststarthook/a failed: reason withheld\nreadyz check failed";

        assertThat(probe().problem(address("127.0.0.1")))
                .contains(address("127.0.0.1")
                        + " answers /readyz with status 500, failing checks: etcd, poststarthook/a");
    }

    @Test
    void namesARefusal() {
        status = 403;
        body = "{}";

        assertThat(probe().problem(address("127.0.0.1")))
                .contains(address("127.0.0.1") + " answers /readyz with status 403");
    }

    @Test
    void namesAnAddressThatTheCertificateDoesNotContain() {
        assertThat(probe().problem(address("localhost")))
                .hasValueSatisfying(problem -> assertThat(problem).contains("TLS", "localhost", "No name matching"));
    }

    @Test
    void namesAnUnknownAuthority() throws GeneralSecurityException {
        var probe = new HttpsApiServerProbe(
                SSLContext.getDefault().getSocketFactory(), new Credentials.Token(() -> "token"));

        assertThat(probe.problem(address("127.0.0.1")))
                .hasValueSatisfying(problem -> assertThat(problem).contains("TLS", "certification path"));
    }

    @Test
    void namesARefusedConnection() {
        server.stop(0);

        assertThat(probe().problem(address("127.0.0.1")))
                .hasValueSatisfying(problem -> assertThat(problem).contains("refused", "--bind-address"));
    }

    @Test
    void namesATimeout() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(probe().problem("127.0.0.1:" + silent.getLocalPort()))
                    .contains("no response from 127.0.0.1:" + silent.getLocalPort() + " within 3 s");
        }
    }

    @Test
    void namesAnAddressThatIsNone() {
        assertThat(probe().problem("a b")).contains("request to a b failed: 'a b' is not HOST:PORT");
    }

    private HttpsApiServerProbe probe() {
        return new HttpsApiServerProbe(tls.getSocketFactory(), new Credentials.Token(() -> "token"));
    }

    private String address(String host) {
        return host + ":" + server.getAddress().getPort();
    }

    private KeyStore certificate() throws Exception {
        var store = directory.resolve("server.p12");
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=kube-apiserver",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-storepass",
                String.valueOf(PASSWORD),
                "-keystore",
                store.toString());
        var keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream output = keytool.getInputStream()) {
            var text = new String(output.readAllBytes(), UTF_8);
            assertThat(keytool.waitFor()).as(text).isZero();
        }
        return KeyStore.getInstance(store.toFile(), PASSWORD);
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
