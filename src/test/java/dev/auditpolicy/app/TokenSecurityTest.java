package dev.auditpolicy.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import dev.auditpolicy.host.tls.ServingKeyFiles;
import dev.auditpolicy.identity.SelfSignedCertificate;
import dev.auditpolicy.telemetry.Family;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server over HTTPS, with a certificate in files. */
class TokenSecurityTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    @TempDir
    private Path directory;

    private final SelfSignedCertificate first = ServingFiles.made();
    private ServingFiles files;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        files = ServingFiles.in(directory);
        files.write(first, 1);
        server = endpoint().open();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksForAToken() throws Exception {
        var response = get(first, "/metrics", "Basic YTpi");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(response.body()).doesNotContain("\nx 1\n");
    }

    @Test
    void givesTheMetricsToAnAllowedToken() throws Exception {
        assertThat(get(first, "/metrics", "Bearer good").body()).endsWith("\nx 1\n");
    }

    @Test
    void deniesAnotherToken() throws Exception {
        var response = get(first, "/metrics", "Bearer other");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("nonResourceURL /metrics");
    }

    @Test
    void letsKubeletProbeWithoutAToken() throws Exception {
        assertThat(get(first, "/healthz", "Basic YTpi").statusCode()).isEqualTo(200);
    }

    @Test
    void presentsANewCertificateToNewConnections() throws Exception {
        var second = ServingFiles.made();
        files.write(second, 2);

        assertThat(get(second, "/healthz", "Basic YTpi").statusCode()).isEqualTo(200);
        assertThatIOException()
                .isThrownBy(() -> get(first, "/healthz", "Basic YTpi"))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void keepsTheCertificateWhileTheFilesDoNotFit() throws Exception {
        files.writeCertificate(ServingFiles.made(), 2);

        assertThat(get(first, "/healthz", "Basic YTpi").statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotStartWithTheKeyOfAnotherCertificate() {
        files.writeCertificate(ServingFiles.made(), 2);

        assertThatIOException()
                .isThrownBy(() -> endpoint().open())
                .withMessageContaining("not that of the certificate");
    }

    private MetricsEndpoint endpoint() {
        var access = new TokenAccess(
                token -> token.equals("good") ? MetricsAccess.ALLOWED : MetricsAccess.FORBIDDEN,
                InstantSource.system());
        return new MetricsEndpoint(
                ANY_PORT,
                new TokenSecurity(() -> new ServingKeyFiles(files.certificate(), files.key()), access),
                () -> List.of(Family.gauge("x", "X.", 1)),
                () -> true,
                _ -> {});
    }

    /** On a connection of its own. */
    private HttpResponse<String> get(SelfSignedCertificate trusted, String path, String authorization)
            throws GeneralSecurityException, IOException, InterruptedException {
        var uri = URI.create("https:/" + server.getAddress() + path);
        try (var client = ServingFiles.clientTrusting(trusted.certificate())) {
            return client.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", authorization)
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
