package dev.auditpolicy.webhook.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SinkCountersReaderTest {

    private static final Set<String> PLUGINS = Set.of("webhook", "buffered", "truncate");

    private static final String METRICS = """
            # HELP apiserver_audit_error_total [ALPHA] Counter of audit events that failed to be audited properly.
            # TYPE apiserver_audit_error_total counter
            apiserver_audit_error_total{plugin="buffered"} 3
            apiserver_audit_error_total{plugin="log"} 7
            apiserver_audit_error_total{plugin="truncate"} 1
            apiserver_audit_error_total{plugin="webhook"} 800
            # TYPE apiserver_audit_event_total counter
            apiserver_audit_event_total 1.234567e+06
            apiserver_audit_event_total_other 5
            # TYPE rest_client_requests_total counter
            rest_client_requests_total{code="200",host="sink:8443",method="POST"} 20
            rest_client_requests_total{code="201",host="sink:8443",method="POST"} 2
            rest_client_requests_total{code="503",host="sink:8443",method="POST"} 4
            rest_client_requests_total{code="<error>",host="sink:8443",method="POST"} 5
            rest_client_requests_total{code="200",host="sink:8443",method="GET"} 100
            rest_client_requests_total{code="200",host="[::1]:6443",method="POST"} 1000
            """;

    @Test
    void readsTheAttemptsAtThisReceiverByCode() throws IOException {
        assertThat(read(METRICS).attempts()).isEqualTo(Map.of("200", 20L, "201", 2L, "503", 4L, "<error>", 5L));
    }

    @Test
    void readsTheEventsThatTheWebhookLost() throws IOException {
        assertThat(read(METRICS).lost()).isEqualTo(Map.of("buffered", 3L, "truncate", 1L, "webhook", 800L));
    }

    @Test
    void readsTheNumberOfEvents() throws IOException {
        assertThat(read(METRICS).events()).isEqualTo(1_234_567);
    }

    @Test
    void readsEscapedLabels() throws IOException {
        var metrics = "rest_client_requests_total{code=\"a\\\"b\\\\c\\nd\",host=\"sink:8443\",method=\"POST\"} 1\n";

        assertThat(read(metrics).attempts()).containsOnlyKeys("a\"b\\c\nd");
    }

    @Test
    void addsUpSeriesThatDifferInAnotherLabel() throws IOException {
        var metrics = """
                rest_client_requests_total{code="200",host="sink:8443",method="POST",zone="a"} 1
                rest_client_requests_total{code="200",host="sink:8443",method="POST",zone="b"} 2 1700000000
                """;

        assertThat(read(metrics).attempts()).containsEntry("200", 3L);
    }

    @Test
    void nothingWasTriedWithoutTheSeries() throws IOException {
        assertThat(read("apiserver_audit_event_total 4\n")).isEqualTo(new SinkCounters(Map.of(), Map.of(), 4));
    }

    /** 20 MB of other series, of which not even a tenth may stay in memory: the heap of an agent is 24 MB. */
    @Test
    void readsLargeMetrics() throws IOException {
        var other = "apiserver_request_duration_seconds_bucket{verb=\"LIST\",le=\"0.05\"} 1\n"
                .repeat(1000)
                .getBytes(UTF_8);
        var parts = IntStream.range(0, 300)
                .<InputStream>mapToObj(_ -> new ByteArrayInputStream(other))
                .toList();
        var metrics = new SequenceInputStream(
                new SequenceInputStream(Collections.enumeration(parts)),
                new ByteArrayInputStream(METRICS.getBytes(UTF_8)));

        assertThat(SinkCountersReader.read(metrics, "sink:8443", PLUGINS).events())
                .isEqualTo(1_234_567);
    }

    @Test
    void progressIsTheDifference() {
        var earlier = new SinkCounters(Map.of("200", 10L, "<error>", 1L), Map.of("webhook", 400L), 1000);
        var now = new SinkCounters(Map.of("200", 12L, "<error>", 1L, "500", 3L), Map.of("webhook", 800L), 2000);

        assertThat(now.since(earlier))
                .isEqualTo(new SinkProgress(Map.of("200", 2L, "500", 3L), Map.of("webhook", 400L), 1000));
    }

    @Test
    void progressAfterARestartIsEverything() {
        var earlier = new SinkCounters(Map.of("200", 10L), Map.of(), 1000);
        var now = new SinkCounters(Map.of("200", 2L), Map.of(), 1001);

        assertThat(now.since(earlier)).isEqualTo(new SinkProgress(Map.of("200", 2L), Map.of(), 1001));
    }

    /** A series of the old process that the new one does not have yet. */
    @Test
    void aSeriesThatIsGoneShowsARestart() {
        var earlier = new SinkCounters(Map.of("200", 5L, "<error>", 10L), Map.of(), 1000);
        var now = new SinkCounters(Map.of("200", 20L), Map.of(), 2000);

        assertThat(now.since(earlier).attempts()).isEqualTo(20);
    }

    @Test
    void onlyWhatKubeApiserverTakesForDeliveredIsNoFailure() {
        var progress = new SinkProgress(
                Map.of("200", 1L, "206", 1L, "207", 1L, "304", 1L, "429", 1L, "<error>", 1L), Map.of(), 0);

        assertThat(progress.failedByCode()).containsOnlyKeys("207", "304", "429", "<error>");
        assertThat(progress.successfulAttempts()).isEqualTo(2);
    }

    private static SinkCounters read(String metrics) throws IOException {
        return SinkCountersReader.read(new ByteArrayInputStream(metrics.getBytes(UTF_8)), "sink:8443", PLUGINS);
    }
}
