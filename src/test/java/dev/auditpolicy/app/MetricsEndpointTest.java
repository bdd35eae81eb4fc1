package dev.auditpolicy.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.auditpolicy.telemetry.Family;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final HttpClient client = HttpClient.newHttpClient();
    private boolean isHealthy = true;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = endpoint(ANY_PORT).open();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        client.close();
    }

    @Test
    void servesMetricsInPrometheusFormat() throws IOException, InterruptedException {
        var response = get("/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body()).endsWith("\nx 1\n");
    }

    @Test
    void servesHealth() throws IOException, InterruptedException {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        isHealthy = false;
        assertThat(get("/healthz").statusCode()).isEqualTo(503);
    }

    @Test
    void servesNoOtherPath() throws IOException, InterruptedException {
        assertThat(get("/metrics/policy").statusCode()).isEqualTo(404);
    }

    @Test
    void retriesUntilThePortIsFree() throws IOException {
        var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var waits = new int[1];
        new MetricsEndpoint(
                        new InetSocketAddress(taken.getInetAddress(), taken.getLocalPort()),
                        new MetricsSecurity.None(),
                        List::of,
                        () -> true,
                        _ -> {
                            if (++waits[0] == 3) {
                                throw new InterruptedException();
                            }
                        })
                .run();
        taken.close();

        assertThat(waits[0]).isEqualTo(3);
        assertThat(Thread.interrupted()).isTrue();
    }

    private MetricsEndpoint endpoint(InetSocketAddress address) {
        return new MetricsEndpoint(
                address,
                new MetricsSecurity.None(),
                () -> List.of(Family.gauge("x", "X.", 1)),
                () -> isHealthy,
                _ -> {});
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var uri = URI.create("http:/" + server.getAddress() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
