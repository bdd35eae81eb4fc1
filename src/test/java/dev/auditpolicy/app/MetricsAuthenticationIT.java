package dev.auditpolicy.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.auditpolicy.deploy.Account;
import dev.auditpolicy.deploy.ApiServer;
import dev.auditpolicy.host.tls.ServingKey;
import dev.auditpolicy.identity.SelfSignedCertificate;
import dev.auditpolicy.telemetry.Family;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The metrics port with the rights of deploy/components/authenticated-metrics, and with tokens of a real API server. */
class MetricsAuthenticationIT {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static ApiServer apiServer;

    private final SelfSignedCertificate certificate = ServingFiles.made();
    private KubernetesClient agent;
    private HttpServer server;
    private HttpClient client;

    @BeforeAll
    static void install() {
        apiServer = ApiServer.withOperator();
        apiServer
                .kubectl()
                .run("apply", "-k", "deploy/examples/authenticated-metrics")
                .expectSuccess();
        apiServer.kubectl().run("create", "serviceaccount", "somebody").expectSuccess();
    }

    @AfterAll
    static void stop() {
        if (apiServer != null) {
            apiServer.close();
        }
    }

    @BeforeEach
    void serve() throws IOException, GeneralSecurityException {
        agent = clientOf(Account.agentOn("cp1"));
        server = serve(agent);
        client = ServingFiles.clientTrusting(certificate.certificate());
    }

    @AfterEach
    void close() {
        client.close();
        server.stop(0);
        agent.close();
    }

    @Test
    void answers401WithoutAToken() throws IOException, InterruptedException {
        assertThat(get(server, "").statusCode()).isEqualTo(401);
    }

    @Test
    void answers401ToATokenOfNobody() throws IOException, InterruptedException {
        assertThat(get(server, "Bearer abc").statusCode()).isEqualTo(401);
    }

    @Test
    void answers403ToATokenWithoutTheRight() throws IOException, InterruptedException {
        assertThat(get(server, "Bearer " + token("default", "somebody")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void givesTheMetricsToATokenWithTheRight() throws IOException, InterruptedException {
        var response = get(server, "Bearer " + token("auditpolicy-system", "metrics-reader"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).endsWith("\nx 1\n");
    }

    /** The controller stands for an agent without the component: it has no right to ask. */
    @Test
    void answers503IfTheAgentMayNotAsk() throws IOException, InterruptedException {
        try (var other = clientOf(Account.controller())) {
            var withoutRights = serve(other);
            try {
                assertThat(get(withoutRights, "Bearer " + token("auditpolicy-system", "metrics-reader"))
                                .statusCode())
                        .isEqualTo(503);
            } finally {
                withoutRights.stop(0);
            }
        }
    }

    private HttpServer serve(KubernetesClient agent) throws IOException {
        var key = new ServingKey(certificate.key(), List.of(certificate.certificate()));
        var access = new TokenAccess(new ApiTokenReviewer(agent), InstantSource.system());
        return new MetricsEndpoint(
                        new InetSocketAddress(LOOPBACK, 0),
                        new TokenSecurity(() -> () -> key, access),
                        () -> List.of(Family.gauge("x", "X.", 1)),
                        () -> true,
                        _ -> {})
                .open();
    }

    private HttpResponse<String> get(HttpServer server, String authorization) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("https:/" + server.getAddress() + "/metrics"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static KubernetesClient clientOf(Account account) {
        return AgentClient.of(account.impersonatedBy(Config.fromKubeconfig(apiServer.kubeconfig())));
    }

    private static String token(String namespace, String account) {
        return apiServer
                .kubectl()
                .run("--namespace", namespace, "create", "token", account)
                .expectSuccess()
                .strip();
    }
}
