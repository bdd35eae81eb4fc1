package dev.auditpolicy.agent.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.SecretReference;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.api.v1alpha1.WebhookProbe;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.webhook.probe.ProbeResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookPreflightTest {

    @TempDir
    private Path root;

    private int asked;
    private ProbeResult answer = new ProbeResult.Accepted(200);

    private Optional<String> problem(SimulatedWebhook webhook, WebhookPreflight preflight) throws InterruptedException {
        return preflight.problem(
                new AuditNodeSpec("a", 1L, "", null, webhook.webhook(), 3, 60, null, null), ProcessUser.ROOT);
    }

    private WebhookPreflight preflight(SimulatedWebhook webhook) {
        return new WebhookPreflight(
                webhook.files(),
                _ -> {
                    asked++;
                    return answer;
                },
                webhook::uptime);
    }

    private SimulatedWebhook webhook(WebhookProbe probe) throws IOException {
        return new SimulatedWebhook(
                root, new WebhookBackend(new SecretReference("audit-webhook"), null, null, null, null, null, probe));
    }

    @Test
    void refusesWhatTheReceiverDoesNotTake() throws Exception {
        var webhook = webhook(null);
        answer = new ProbeResult.Answered(401, "");

        assertThat(problem(webhook, preflight(webhook)).orElseThrow())
                .startsWith("webhook.kubeconfigSecret: the receiver answers 401");
    }

    @Test
    void asksNobodyIfProbeIsSkip() throws Exception {
        var webhook = webhook(WebhookProbe.SKIP);

        assertThat(problem(webhook, preflight(webhook))).isEmpty();
        assertThat(asked).isZero();
    }

    /** The loop evaluates a node that waits for its turn every second. */
    @Test
    void asksOnceAMinute() throws Exception {
        var webhook = webhook(null);
        var preflight = preflight(webhook);
        problem(webhook, preflight);
        webhook.pass(Duration.ofSeconds(59));
        problem(webhook, preflight);
        assertThat(asked).isEqualTo(1);

        webhook.pass(Duration.ofSeconds(1));
        problem(webhook, preflight);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void asksAnewAtTheStartOfATurn() throws Exception {
        var webhook = webhook(null);
        var preflight = preflight(webhook);
        problem(webhook, preflight);
        preflight.forget();
        problem(webhook, preflight);

        assertThat(asked).isEqualTo(2);
    }
}
