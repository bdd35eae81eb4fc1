package dev.auditpolicy.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

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
 * The agent's {@code /metrics} and {@code /healthz}, by the HTTP server of the JDK. For anybody who reaches the port, without a
 * word of a policy. Nothing that happens here disturbs the agent.
 */
final class MetricsEndpoint implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsEndpoint.class);

    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(30);

    /** One for a scrape, one for kubelet beside it. */
    private static final int THREADS = 2;

    /** Whoever keeps a connection open and says nothing must not keep the others out; the server's own defaults have no limit. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "10",
            "jdk.httpserver.maxConnections", "32");

    private final InetSocketAddress address;
    private final Supplier<List<Family>> families;
    private final BooleanSupplier health;
    private final Sleeper pause;

    MetricsEndpoint(InetSocketAddress address, Supplier<List<Family>> families, BooleanSupplier health, Sleeper pause) {
        this.address = requireNonNull(address, "address is null");
        this.families = requireNonNull(families, "families is null");
        this.health = requireNonNull(health, "health is null");
        this.pause = requireNonNull(pause, "pause is null");
    }

    /** Returns once it is served, which waits for its port as long as it must, or when interrupted. */
    @Override
    public void run() {
        LIMITS.forEach(System::setProperty);
        var trouble = "";
        try {
            while (true) {
                try {
                    open();
                    return;
                } catch (IOException taken) {
                    trouble = tellOnce(trouble, String.valueOf(taken.getMessage()));
                }
                pause.sleep(TRY_AGAIN_AFTER);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private String tellOnce(String before, String now) {
        if (!now.equals(before)) {
            LOG.atWarn()
                    .addKeyValue("address", address)
                    .addKeyValue("reason", now)
                    .log("No metrics: --metrics-bind-address cannot be served, trying again");
        }
        return now;
    }

    /** Serves until the process ends, or the server is stopped. */
    HttpServer open() throws IOException {
        var server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("metrics-", 0).factory()));
        server.createContext("/", this::answer);
        server.start();
        LOG.atInfo().addKeyValue("address", server.getAddress()).log("Serving metrics");
        return server;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/metrics" -> send(exchange, 200, Exposition.MEDIA_TYPE, Exposition.text(families.get()));
                case "/healthz" -> {
                    var isWell = health.getAsBoolean();
                    send(exchange, isWell ? 200 : 503, "text/plain", isWell ? "ok\n" : "the agent's loop hangs\n");
                }
                default -> send(exchange, 404, "text/plain", "there are /metrics and /healthz\n");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String mediaType, String text) throws IOException {
        var body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
