package dev.auditpolicy.webhook.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.webhook.TestAuthority;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReader;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReading;
import dev.auditpolicy.webhook.sink.WebhookKubeconfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real servers on the loopback interface, with kubeconfigs as a Secret has them. */
final class SinkProbeTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2100-01-01T00:00:00Z");
    private static final TestAuthority AUTHORITY = new TestAuthority("authority", FROM, UNTIL);
    private static final TestAuthority OTHER = new TestAuthority("other", FROM, UNTIL);
    private static final TestAuthority.Signed SERVER = AUTHORITY.sign("sink", "EC", FROM, UNTIL, "127.0.0.1");
    private static final TestAuthority.Signed NAMED = AUTHORITY.sign("sink", "EC", FROM, UNTIL, "sink.logging.svc");
    private static final Map<String, byte[]> FILES = files();

    private static Map<String, byte[]> files() {
        var rsa = OTHER.sign("node-rsa", "RSA", FROM, UNTIL);
        var ec = OTHER.sign("node-ec", "EC", FROM, UNTIL);
        var ed25519 = OTHER.sign("node-ed25519", "Ed25519", FROM, UNTIL);
        return Map.of(
                "ca.crt", TestAuthority.pem(AUTHORITY.certificate()),
                "other.crt", TestAuthority.pem(OTHER.certificate()),
                "rsa.crt", TestAuthority.pem(rsa.certificate()),
                "rsa.key", TestAuthority.pem(rsa.keys().getPrivate()),
                "ec.crt", TestAuthority.pem(ec.certificate()),
                "ec.key", TestAuthority.pem(ec.keys().getPrivate()),
                "ed25519.crt", TestAuthority.pem(ed25519.certificate()),
                "ed25519.key", TestAuthority.pkcs8(ed25519.keys().getPrivate()),
                "token", "t0ken\n".getBytes(UTF_8));
    }

    private static WebhookKubeconfig kubeconfig(String cluster, String user) {
        var text = "{\"apiVersion\":\"v1\",\"kind\":\"Config\",\"current-context\":\"x\",\"contexts\":[{\"name\":\"x\","
                + "\"context\":{\"cluster\":\"c\",\"user\":\"u\"}}],\"clusters\":[{\"name\":\"c\",\"cluster\":{"
                + cluster
                + "}}],\"users\":[{\"name\":\"u\",\"user\":{" + user + "}}]}";
        var keys = new HashMap<>(FILES);
        keys.put("kubeconfig", text.getBytes(UTF_8));
        var reading = new KubeconfigReader(InstantSource.fixed(NOW)).read(keys);
        assertThat(reading).isInstanceOf(KubeconfigReading.Usable.class);
        return ((KubeconfigReading.Usable) reading).kubeconfig();
    }

    private static ProbeResult probe(String cluster, String user) throws InterruptedException {
        return new SinkProbe().probe(kubeconfig(cluster, user));
    }

    private static ProbeResult probe(TestSink sink, String cluster) throws InterruptedException {
        return probe("\"server\":\"https://" + sink.address() + "/audit\"," + cluster, "");
    }

    @Test
    void sendsAnEmptyListAsKubeApiserverSendsEvents() throws Exception {
        try (var sink = TestSink.http()) {
            assertThat(probe("\"server\":\"http://" + sink.address() + "/audit/\"", ""))
                    .isEqualTo(new ProbeResult.Accepted(200));

            assertThat(sink.received()).singleElement().satisfies(request -> {
                assertThat(request.method()).isEqualTo("POST");
                assertThat(request.uri()).isEqualTo("/audit?timeout=30s");
                assertThat(request.body())
                        .isEqualTo(
                                "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":[]}\n");
                assertThat(request.headers())
                        .containsEntry("Content-type", List.of("application/json"))
                        .containsEntry("Accept", List.of("application/json, */*"))
                        .containsEntry("User-agent", List.of("Go-http-client/1.1"))
                        .containsKey("Content-length")
                        .doesNotContainKeys("Upgrade", "Authorization");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204, 206})
    void isAccepted(int status) throws Exception {
        try (var sink = TestSink.http().answering(status, "", Map.of())) {
            assertThat(probe("\"server\":\"http://" + sink.address() + "\"", ""))
                    .isEqualTo(new ProbeResult.Accepted(status));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303})
    void followsNoRedirectThatLosesEvents(int status) throws Exception {
        try (var sink = TestSink.http().answering(status, "", Map.of("Location", "/audit/"))) {
            var result = probe("\"server\":\"http://" + sink.address() + "/audit\"", "");

            assertThat(result).isEqualTo(new ProbeResult.Redirects(status, "/audit/"));
            assertThat(((ProbeResult.Redirects) result).losesSilently()).isTrue();
            assertThat(sink.received()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void aRedirectThatRepeatsThePostLosesNothing(int status) throws Exception {
        try (var sink = TestSink.http().answering(status, "", Map.of("Location", "/audit/"))) {
            var result = probe("\"server\":\"http://" + sink.address() + "\"", "");

            assertThat(((ProbeResult.Redirects) result).losesSilently()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {207, 301, 304, 401, 404, 413, 429, 500, 503})
    void isAnsweredOtherwise(int status) throws Exception {
        var body = status == 304 ? "" : "no";
        try (var sink = TestSink.http().answering(status, body, Map.of())) {
            assertThat(probe("\"server\":\"http://" + sink.address() + "\"", ""))
                    .isEqualTo(new ProbeResult.Answered(status, body));
        }
    }

    @Test
    void keepsOnlyTheBeginningOfABody() throws Exception {
        try (var sink = TestSink.http().answering(500, "ä".repeat(100_000), Map.of())) {
            assertThat(probe("\"server\":\"http://" + sink.address() + "\"", ""))
                    .isEqualTo(new ProbeResult.Answered(500, "ä".repeat(200)));
        }
    }

    @Test
    void trustsTheAuthorityOfTheKubeconfig() throws Exception {
        try (var sink = TestSink.https(SERVER, null)) {
            assertThat(probe(sink, "\"certificate-authority\":\"ca.crt\"").delivers())
                    .isTrue();
        }
    }

    @Test
    void trustsNoOtherAuthority() throws Exception {
        try (var sink = TestSink.https(SERVER, null)) {
            assertThat(probe(sink, "\"certificate-authority\":\"other.crt\""))
                    .isInstanceOf(ProbeResult.TlsFailed.class)
                    .satisfies(result -> assertThat(result.message()).contains("certification path"));
        }
    }

    @Test
    void trustsTheRootsOfTheSystemWithoutAnAuthority() throws Exception {
        try (var sink = TestSink.https(SERVER, null)) {
            var kubeconfig = kubeconfig("\"server\":\"https://" + sink.address() + "\"", "");

            assertThat(new SinkProbe(List.of(AUTHORITY.certificate()))
                            .probe(kubeconfig)
                            .delivers())
                    .isTrue();
            assertThat(new SinkProbe().probe(kubeconfig)).isInstanceOf(ProbeResult.TlsFailed.class);
        }
    }

    @Test
    void rejectsACertificateForAnotherName() throws Exception {
        try (var sink = TestSink.https(NAMED, null)) {
            assertThat(probe(sink, "\"certificate-authority\":\"ca.crt\"")).isInstanceOf(ProbeResult.TlsFailed.class);
        }
    }

    @Test
    void asksForTheServerNameAndChecksIt() throws Exception {
        try (var sink = TestSink.https(NAMED, null)) {
            assertThat(probe(sink, "\"certificate-authority\":\"ca.crt\",\"tls-server-name\":\"sink.logging.svc\"")
                            .delivers())
                    .isTrue();
            assertThat(sink.received()).singleElement().satisfies(request -> assertThat(request.name())
                    .isEqualTo("sink.logging.svc"));
        }
    }

    /** Java's HTTP client would ask for the host of the URL if that is a name. */
    @Test
    void asksForTheServerNameIfTheHostIsAName() throws Exception {
        try (var sink = TestSink.https(NAMED, null)) {
            var server = "\"server\":\"https://localhost:" + sink.port() + "\",\"certificate-authority\":\"ca.crt\",";

            assertThat(probe(server + "\"tls-server-name\":\"sink.logging.svc\"", "")
                            .delivers())
                    .isTrue();
            assertThat(sink.received()).singleElement().satisfies(request -> assertThat(request.name())
                    .isEqualTo("sink.logging.svc"));
        }
    }

    @Test
    void aCertificateForTheHostIsNotOneForTheServerName() throws Exception {
        var both = AUTHORITY.sign("sink", "EC", FROM, UNTIL, "127.0.0.1", "localhost");
        try (var sink = TestSink.https(both, null)) {
            var server = "\"server\":\"https://localhost:" + sink.port() + "\",\"certificate-authority\":\"ca.crt\",";

            assertThat(probe(server + "\"tls-server-name\":\"sink.logging.svc\"", ""))
                    .isInstanceOf(ProbeResult.TlsFailed.class);
        }
    }

    @Test
    void skipsAllChecksIfInsecure() throws Exception {
        try (var sink = TestSink.https(NAMED, null)) {
            assertThat(probe(sink, "\"insecure-skip-tls-verify\":true").delivers())
                    .isTrue();
        }
    }

    /** Go does not read the common name; Java does. */
    @Test
    void rejectsACertificateWithACommonNameOnly() throws Exception {
        var legacy = AUTHORITY.sign("localhost", "EC", FROM, UNTIL);
        try (var sink = TestSink.https(legacy, null)) {
            assertThat(probe(
                            "\"server\":\"https://localhost:" + sink.port() + "\",\"certificate-authority\":\"ca.crt\"",
                            ""))
                    .isInstanceOf(ProbeResult.TlsFailed.class)
                    .satisfies(result -> assertThat(result.message()).contains("legacy Common Name"));
        }
    }

    @Test
    void rejectsAnExpiredCertificate() throws Exception {
        var expired = AUTHORITY.sign("sink", "EC", FROM, FROM.plusSeconds(3600), "127.0.0.1");
        try (var sink = TestSink.https(expired, null)) {
            assertThat(probe(sink, "\"certificate-authority\":\"ca.crt\""))
                    .isInstanceOf(ProbeResult.TlsFailed.class)
                    .satisfies(result -> assertThat(result.message()).contains("NotAfter"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec", "ed25519"})
    void showsTheClientCertificate(String kind) throws Exception {
        try (var sink = TestSink.https(SERVER, OTHER.certificate())) {
            var server = "\"server\":\"https://" + sink.address() + "\",\"certificate-authority\":\"ca.crt\"";
            var user = "\"client-certificate\":\"" + kind + ".crt\",\"client-key\":\"" + kind + ".key\"";

            assertThat(probe(server, user)).isEqualTo(new ProbeResult.Accepted(200));
            assertThat(sink.received()).singleElement().satisfies(request -> assertThat(request.client())
                    .isEqualTo("CN=node-" + kind));
        }
    }

    @Test
    void failsWithoutTheClientCertificate() throws Exception {
        try (var sink = TestSink.https(SERVER, OTHER.certificate())) {
            assertThat(probe(sink, "\"certificate-authority\":\"ca.crt\"").delivers())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"tokenFile\":\"token\" Bearer t0ken",
                "\"token\":\"inline\" Bearer inline",
                "\"username\":\"u\",\"password\":\"p\" Basic dTpw"
            })
    void sendsTheCredentialsOfTheUser(String userAndHeader) throws Exception {
        var parts = userAndHeader.split(" ", 2);
        try (var sink = TestSink.https(SERVER, null)) {
            probe("\"server\":\"https://" + sink.address() + "\",\"certificate-authority\":\"ca.crt\"", parts[0]);

            assertThat(sink.received()).singleElement().satisfies(request -> assertThat(request.headers())
                    .containsEntry("Authorization", List.of(parts[1])));
        }
    }

    @Test
    void sendsUserAndPasswordOfTheUrl() throws Exception {
        try (var sink = TestSink.http()) {
            probe("\"server\":\"http://u:p%40@" + sink.address() + "\"", "");

            assertThat(sink.received()).singleElement().satisfies(request -> assertThat(request.headers())
                    .containsEntry("Authorization", List.of("Basic dTpwQA==")));
        }
    }

    @Test
    void sendsImpersonationOverHttp() throws Exception {
        try (var sink = TestSink.http()) {
            probe("\"server\":\"http://" + sink.address() + "\"", "\"as\":\"node\",\"as-groups\":[\"a\",\"b\"]");

            assertThat(sink.received()).singleElement().satisfies(request -> assertThat(request.headers())
                    .containsEntry("Impersonate-user", List.of("node"))
                    .containsEntry("Impersonate-group", List.of("a", "b")));
        }
    }

    @Test
    void asksThroughTheProxy() throws Exception {
        try (var proxy = TestSink.http()) {
            var result = probe(
                    "\"server\":\"http://sink.invalid:9880/audit\",\"proxy-url\":\"http://" + proxy.address() + "\"",
                    "");

            assertThat(result.delivers()).isTrue();
            assertThat(proxy.received()).singleElement().satisfies(request -> assertThat(request.uri())
                    .isEqualTo("http://sink.invalid:9880/audit?timeout=30s"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://127.0.0.1:1", "https://127.0.0.1:1", "http://u:p@127.0.0.1:1"})
    void doesNotAskThroughAProxyThatItCannotUse(String proxy) throws Exception {
        assertThat(probe("\"server\":\"https://sink\",\"proxy-url\":\"" + proxy + "\"", ""))
                .isInstanceOf(ProbeResult.NotAsked.class);
    }

    @Test
    void namesTheHostThatDoesNotResolve() throws Exception {
        assertThat(probe("\"server\":\"https://sink.invalid\"", ""))
                .isEqualTo(new ProbeResult.NameNotResolved("sink.invalid"));
    }

    @Test
    void isNotReachableIfNothingListens() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        assertThat(probe("\"server\":\"http://127.0.0.1:" + port + "\"", ""))
                .isEqualTo(new ProbeResult.NotReachable("connection refused"));
    }

    @Test
    void isNotReachableIfTheConnectionIsClosed() throws Exception {
        try (var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> closeAll(listener));

            assertThat(probe("\"server\":\"http://127.0.0.1:" + listener.getLocalPort() + "\"", ""))
                    .isInstanceOf(ProbeResult.NotReachable.class);
        }
    }

    private static void closeAll(ServerSocket listener) {
        try {
            while (true) {
                listener.accept().close();
            }
        } catch (IOException closed) {
            // The end of the test.
        }
    }

    @Test
    void tlsFailsIfTheServerSpeaksHttp() throws Exception {
        try (var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> beginToAnswer(listener));

            assertThat(probe("\"server\":\"https://127.0.0.1:" + listener.getLocalPort() + "\"", ""))
                    .isInstanceOf(ProbeResult.TlsFailed.class);
        }
    }

    /** The kernel accepts the connection; nobody answers. */
    @Test
    void timesOut() throws Exception {
        try (var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var kubeconfig = kubeconfig("\"server\":\"http://127.0.0.1:" + listener.getLocalPort() + "\"", "");

            assertThat(new SinkProbe(List.of(), Duration.ofSeconds(1)).probe(kubeconfig))
                    .isEqualTo(new ProbeResult.TimedOut(1));
        }
    }

    /** The status arrives in time, and the body never ends. */
    @Test
    void timesOutInTheBody() throws Exception {
        try (var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var kubeconfig = kubeconfig("\"server\":\"http://127.0.0.1:" + listener.getLocalPort() + "\"", "");
            Thread.ofVirtual().start(() -> beginToAnswer(listener));

            assertThat(new SinkProbe(List.of(), Duration.ofSeconds(1)).probe(kubeconfig))
                    .isInstanceOf(ProbeResult.TimedOut.class);
        }
    }

    /** Keeps the connection until the client closes it: a forgotten socket is closed by the garbage collector. */
    private static void beginToAnswer(ServerSocket listener) {
        try (var connection = listener.accept()) {
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n".getBytes(UTF_8));
            connection.getInputStream().readAllBytes();
        } catch (IOException closed) {
            // The end of the test.
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 413, 429, 500})
    void everyAnswerSaysWhatToDo(int status) {
        assertThat(new ProbeResult.Answered(status, "body").message())
                .startsWith("the receiver answers " + status + " \"body\", and kube-apiserver tries five times")
                .containsPattern("(check|raise|see) ");
    }
}
