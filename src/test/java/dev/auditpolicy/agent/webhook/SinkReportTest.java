package dev.auditpolicy.agent.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.WebhookStatus;
import dev.auditpolicy.webhook.probe.ProbeResult;
import dev.auditpolicy.webhook.status.SinkCounters;
import dev.auditpolicy.webhook.status.SinkHealth;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SinkReportTest {

    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private static final SinkHealth DELIVERING =
            SinkHealth.first(new SinkCounters(Map.of("200", 5L), Map.of(), 1000), START);
    private static final ProbeResult REDIRECT = new ProbeResult.Redirects(301, "/events");

    private Instant now = START;
    private final SinkReport report = new SinkReport(() -> now);

    private SinkReport.Reported of(SinkHealth health, Optional<ProbeResult> answer) {
        return report.of(new ObservedSink("sink:8443", Optional.of(health), 0, answer, ""), Optional.empty());
    }

    private static SinkHealth failing(long events) {
        return DELIVERING.next(new SinkCounters(Map.of("200", 5L, "500", 2L), Map.of(), events), START.plusSeconds(10));
    }

    @Test
    void deliversWhileRequestsSucceed() {
        var reported = of(DELIVERING, Optional.empty());

        assertThat(reported.statement().status()).isEqualTo("True");
        assertThat(reported.status()).isEqualTo(new WebhookStatus("sink:8443", 1000L, null, null, 0L, null, null));
    }

    @Test
    void saysWhatFailsSinceWhenAndWhatTheReceiverAnswers() {
        var answer = new ProbeResult.Answered(500, "disk full");

        var reported = of(failing(1300), Optional.of(answer));

        assertThat(reported.statement().reason()).isEqualTo("NotDelivering");
        assertThat(reported.statement().message())
                .contains(
                        "sink:8443",
                        "since 2026-06-01T12:00:00Z",
                        "2 with status 500",
                        "up to 300 events wait",
                        "disk full");
        assertThat(reported.status().answer()).isEqualTo(answer.message());
        assertThat(reported.status().undeliveredSince()).isEqualTo(START);
    }

    /** It is from before the outage. */
    @Test
    void omitsAnAnswerThatDelivers() {
        var reported = of(failing(1300), Optional.of(new ProbeResult.Accepted(200)));

        assertThat(reported.statement().message()).doesNotContain("Asked by the agent");
    }

    /** kube-apiserver takes the events for delivered. */
    @Test
    void aRedirectIsAFailureAlthoughRequestsSucceed() {
        var reported = of(DELIVERING, Optional.of(REDIRECT));

        assertThat(reported.statement().status()).isEqualTo("False");
        assertThat(reported.statement().reason()).isEqualTo("Redirected");
    }

    /** It may refuse an empty list and accept events. */
    @Test
    void anotherAnswerIsNoneWhileRequestsSucceed() {
        var reported = of(DELIVERING, Optional.of(new ProbeResult.Answered(400, "no events")));

        assertThat(reported.statement().status()).isEqualTo("True");
        assertThat(reported.statement().message()).contains("may soon not either: the receiver answers 400");
    }

    @Test
    void isUnknownWithoutMetrics() {
        var reported = report.of(
                new ObservedSink("sink:8443", Optional.empty(), 0, Optional.empty(), "status 403"), Optional.empty());

        assertThat(reported.statement().status()).isEqualTo("Unknown");
        assertThat(reported.statement().message()).contains("status 403");
    }

    /** Each change is a write to etcd. */
    @Test
    void repeatsTheNumbersOfAnOutageForAMinute() {
        var first = of(failing(1300), Optional.empty());
        now = START.plusSeconds(59);

        assertThat(of(failing(1400), Optional.empty())).isEqualTo(first);
    }

    @Test
    void renewsTheNumbersOfAnOutageAfterAMinute() {
        of(failing(1300), Optional.empty());
        now = START.plusSeconds(60);

        assertThat(of(failing(1400), Optional.empty()).status().unsentEvents()).isEqualTo(400);
    }

    @Test
    void reportsTheEndOfAnOutageAtOnce() {
        of(failing(1300), Optional.empty());

        assertThat(of(DELIVERING, Optional.empty()).statement().status()).isEqualTo("True");
    }

    @Test
    void repeatsWhatAnEarlierAgentKnewOfTheLastStop() {
        var present = new WebhookStatus("sink:8443", 1L, null, null, 0L, 42L, null);

        var reported = report.of(
                new ObservedSink("sink:8443", Optional.of(DELIVERING), 0, Optional.empty(), ""), Optional.of(present));

        assertThat(reported.status().lostAtStop()).isEqualTo(42);
    }
}
