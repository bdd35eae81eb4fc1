package dev.auditpolicy.e2e;

import dev.auditpolicy.lab.Lab;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What outages of a webhook cost, and how soon the status says so. Run by "make bench-webhook", which prints the table of
 * docs/benchmarks.md.
 */
@TestMethodOrder(OrderAnnotation.class)
class WebhookBench {

    private static final String NODE = "cp1";
    private static final String LOG = "/var/log/kubernetes/audit/audit.log";
    private static final int REQUESTS = 400;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final List<String> rows = new ArrayList<>();
    private static Lab lab;
    private static Operator operator;

    @TempDir
    private Path directory;

    private Receiver receiver;

    @BeforeAll
    static void installOperator() {
        lab = Lab.startAnew(1);
        operator = Operator.install(lab);
        operator.apply(AuditPolicies.secrets());
        operator.awaitReady();
    }

    @AfterAll
    static void print() {
        System.out.println("| the receiver | SinkHealthy is False after | True again after | events lost |"
                + " p50 / p99 of requests before | meanwhile | restarts |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        rows.forEach(System.out::println);
    }

    @BeforeEach
    void receive() throws Exception {
        receiver = new Receiver(lab, List.of(NODE), directory);
    }

    @AfterEach
    void stopReceiving() {
        receiver.close();
    }

    /** Events that it gives up are counted 80 to 250 s after the first attempt. */
    @ParameterizedTest
    @Order(1)
    @CsvSource({
        "answers 500, 500, 260",
        "answers 429, 429, 260",
        "does not answer, 0, 260",
        "redirects (301), 301, 330",
        "is away for 10 minutes, -1, 600"
    })
    void outage(String what, int status, int seconds) throws Exception {
        var path = "/" + Integer.toHexString(what.hashCode());
        lab.kubectlWithInput(receiver.secret(path, "token"), "apply", "-f", "-");
        operator.apply(policy("bench" + path.replace('/', '-')));
        operator.awaitReady();
        awaitSink("True");
        var process = operator.apiServer(NODE);
        try (var requests = new Requests(lab, LOG)) {
            var before = latencies(requests);
            var begin = Instant.now();
            var fails = begin.plusSeconds(Integer.getInteger("outage", seconds));
            if (status < 0) {
                receiver.stop();
            } else {
                receiver.answer(status);
            }
            var meanwhile = latencies(requests);
            awaitSink("False");
            var reported = Duration.between(begin, transition());
            while (Instant.now().isBefore(fails)) {
                latencies(requests);
            }
            receiver.answer(200);
            receiver.start();
            var end = Instant.now();
            awaitSink("True");
            var recovered = Duration.between(end, transition());
            rows.add("| %s | %d s | %d s | %s | %s | %s | %d |"
                    .formatted(
                            what,
                            reported.toSeconds(),
                            recovered.toSeconds(),
                            operator.field("auditnode/" + NODE, ".status.webhook.lostEvents"),
                            before,
                            meanwhile,
                            operator.apiServer(NODE).equals(process) ? 0 : 1));
        }
    }

    /** What the pre-flight refuses, and when the AuditPolicy says so. */
    @ParameterizedTest
    @Order(2)
    @CsvSource({
        "has a certificate of another authority, https://127.0.0.1:17443",
        "has a certificate for another name, https://localhost:17443",
        "has a name that does not resolve, https://sink.invalid:17443",
        "has no listener, https://127.0.0.1:17444"
    })
    void refused(String what, String server) {
        var process = operator.apiServer(NODE);
        var secret = (what.contains("authority")
                        ? receiver.secretOfAnotherAuthority("/refused", "token")
                        : receiver.secret("/refused", "token"))
                .replace("https://127.0.0.1:17443", server);
        lab.kubectlWithInput(secret, "apply", "-f", "-");
        var begin = Instant.now();
        operator.apply(policy("refused-" + Integer.toHexString(what.hashCode())));
        operator.awaitStalled();
        rows.add("| %s | refused after %d s | | 0 | | | %d |"
                .formatted(
                        what,
                        Duration.between(begin, Instant.now()).toSeconds(),
                        operator.apiServer(NODE).equals(process) ? 0 : 1));
    }

    private static String policy(String marker) {
        return AuditPolicies.secrets(marker)
                .replaceFirst("(?m)^  log:$", "  webhook: {kubeconfigSecret: {name: audit-webhook}}\n  log:");
    }

    private static void awaitSink(String status) {
        operator.await("SinkHealthy is " + status, LIMIT)
                .until(() -> operator.field("auditnode/" + NODE, ".status.conditions[?(@.type=='SinkHealthy')].status")
                        .equals(status));
    }

    private static Instant transition() {
        return Instant.parse(
                operator.field("auditnode/" + NODE, ".status.conditions[?(@.type=='SinkHealthy')].lastTransitionTime"));
    }

    /** Of requests that the policy records. */
    private static String latencies(Requests requests) {
        var sorted = IntStream.range(0, REQUESTS)
                .mapToLong(_ -> {
                    var start = System.nanoTime();
                    requests.send(NODE, "GET", "/api/v1/namespaces/kube-system/configmaps/kube-root-ca.crt", "");
                    return System.nanoTime() - start;
                })
                .sorted()
                .toArray();
        return "%.1f / %.0f ms".formatted(sorted[REQUESTS / 2] / 1e6, sorted[REQUESTS * 99 / 100] / 1e6);
    }
}
