package dev.auditpolicy.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.auditpolicy.agent.node.Sleeper;
import dev.auditpolicy.telemetry.Exposition;
import dev.auditpolicy.telemetry.Family;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /metrics} and {@code /healthz} of the agent, with the HTTP server of the JDK. It exposes no policy content.
 * Failures do not affect the agent.
 */
final class MetricsEndpoint implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsEndpoint.class);

    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(30);

    /** Idle connections must not block other clients. The server has no limits by default. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "10",
            "jdk.httpserver.maxConnections", "32");

    private final InetSocketAddress address;
    private final MetricsSecurity security;
    private final Supplier<List<Family>> families;
    private final BooleanSupplier health;
    private final Sleeper sleeper;

    MetricsEndpoint(
            InetSocketAddress address,
            MetricsSecurity security,
            Supplier<List<Family>> families,
            BooleanSupplier health,
            Sleeper sleeper) {
        this.address = address;
        this.security = security;
        this.families = families;
        this.health = health;
        this.sleeper = sleeper;
    }

    /** Returns when the endpoint is served, or when interrupted. Retries until the port is free. */
    @Override
    public void run() {
        LIMITS.forEach(System::setProperty);
        var lastError = "";
        try {
            while (true) {
                try {
                    open();
                    return;
                } catch (IOException failure) {
                    lastError = logOnce(lastError, String.valueOf(failure.getMessage()));
                }
                sleeper.sleep(RETRY_INTERVAL);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private String logOnce(String before, String now) {
        if (!now.equals(before)) {
            LOG.atWarn()
                    .addKeyValue("address", address)
                    .addKeyValue("reason", now)
                    .log("Cannot start the metrics endpoint, retrying");
        }
        return now;
    }

    /** Serves until the server is stopped or the process ends. */
    HttpServer open() throws IOException {
        var server = security.create(address);
        server.setExecutor(Executors.newFixedThreadPool(
                security.threads(),
                Thread.ofPlatform().daemon().name("metrics-", 0).factory()));
        server.createContext("/", this::handle);
        server.start();
        LOG.atInfo().addKeyValue("address", server.getAddress()).log("Metrics endpoint started");
        return server;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/metrics" -> sendMetrics(exchange);
                case "/healthz" -> {
                    var isHealthy = health.getAsBoolean();
                    send(exchange, isHealthy ? 200 : 503, "text/plain", isHealthy ? "ok\n" : "agent loop is stuck\n");
                }
                default -> send(exchange, 404, "text/plain", "not found: use /metrics or /healthz\n");
            }
        }
    }

    private void sendMetrics(HttpExchange exchange) throws IOException {
        var access = security.access(exchange);
        if (access == MetricsAccess.ALLOWED) {
            send(exchange, 200, Exposition.MEDIA_TYPE, Exposition.text(families.get()));
            return;
        }
        if (access == MetricsAccess.UNAUTHENTICATED) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        send(exchange, access.status(), "text/plain", access.message());
    }

    private static void send(HttpExchange exchange, int status, String mediaType, String text) throws IOException {
        var body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
