package dev.auditpolicy.agent.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.webhook.status.SinkHealth;
import dev.auditpolicy.webhook.status.SinkHealth.Delivery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkObserverTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    @TempDir
    private Path root;

    private SimulatedWebhook webhook;

    @BeforeEach
    void createNode() throws IOException {
        webhook = new SimulatedWebhook(root, WebhookBackend.of("audit-webhook"));
    }

    private ObservedSink observe() {
        return webhook.observer().observe(webhook.process(), false).orElseThrow();
    }

    private Delivery delivery() {
        return observe().health().map(SinkHealth::delivery).orElseThrow();
    }

    @Test
    void noticesAFailedRequestWithinTenSeconds() {
        webhook.deliver(10);
        observe();
        webhook.fail(5);
        webhook.pass(TEN_SECONDS);

        assertThat(delivery()).isInstanceOf(Delivery.Failing.class);
        assertThat(observe().host()).isEqualTo("sink:8443");
    }

    /** Each reading has 5 MB. */
    @Test
    void readsTheMetricsEveryTenSeconds() {
        observe();
        webhook.pass(Duration.ofSeconds(9));
        observe();
        assertThat(webhook.readings()).isEqualTo(1);

        webhook.pass(Duration.ofSeconds(1));
        observe();
        assertThat(webhook.readings()).isEqualTo(2);
    }

    @Test
    void readsThoseOfAnotherProcessAtOnce() {
        webhook.fail(5);
        observe();
        webhook.restart();
        webhook.deliver(1);

        assertThat(delivery()).isEqualTo(new Delivery.Succeeding());
    }

    @Test
    void countsWhatAProcessHadNotDeliveredWhenItEnded() {
        webhook.deliver(10);
        observe();
        webhook.pass(TEN_SECONDS);
        webhook.deliver(0);
        observe();
        webhook.fail(7);
        webhook.pass(TEN_SECONDS);
        observe();
        webhook.restart();

        assertThat(observe().lostAtStop()).isEqualTo(7);
    }

    @Test
    void aProcessThatHadDeliveredEverythingLosesNothing() {
        webhook.deliver(10);
        observe();
        webhook.restart();

        assertThat(observe().lostAtStop()).isZero();
    }

    @Test
    void knowsNothingAMinuteAfterTheLastReading() {
        webhook.deliver(1);
        observe();
        webhook.hide("status 403");
        webhook.pass(Duration.ofMinutes(1));

        assertThat(observe().health()).isEmpty();
        assertThat(observe().failure()).isEqualTo("status 403");
    }

    @Test
    void knowsNothingOfAProcessWhoseMetricsCannotBeReadYet() {
        webhook.deliver(1);
        observe();
        webhook.restart();
        webhook.hide("status 403");

        assertThat(observe().health()).isEmpty();
    }

    @Test
    void isNotAboutAWebhookOfSomebodyElse() {
        var foreign = new ApiServerProcess(
                1,
                1,
                Instant.EPOCH,
                "0".repeat(32),
                ProcessUser.ROOT,
                List.of("kube-apiserver", "--audit-webhook-config-file=/etc/kubernetes/webhook/config"));

        assertThat(webhook.observer().observe(foreign, false)).isEmpty();
        assertThat(webhook.readings()).isZero();
    }
}
