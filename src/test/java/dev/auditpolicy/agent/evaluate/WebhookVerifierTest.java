package dev.auditpolicy.agent.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.log.CanaryRequests;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.turn.SimulatedLog;
import dev.auditpolicy.agent.webhook.SimulatedWebhook;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.SecretReference;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.api.v1alpha1.WebhookProbe;
import dev.auditpolicy.host.log.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookVerifierTest {

    private static final String POLICY = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n";
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    @TempDir
    private Path root;

    private final SimulatedLog requests = new SimulatedLog();
    private SimulatedWebhook webhook;
    private WebhookVerifier verifier;

    @BeforeEach
    void createNode() throws IOException {
        webhook = new SimulatedWebhook(root, WebhookBackend.of("audit-webhook"));
        verifier = new WebhookVerifier(
                webhook.observer(),
                new CanaryRequests(requests, _ -> "192.0.2.1:6443", "cp1"),
                webhook::now,
                webhook::uptime);
    }

    private AuditNodeSpec spec(String policy) {
        return new AuditNodeSpec("a", 1L, policy, null, webhook.webhook(), 3, 60, null, null);
    }

    private AuditState verify() {
        webhook.pass(TEN_SECONDS);
        return verifier.verify(spec(POLICY), webhook.process());
    }

    private void givenProven() {
        verify();
        webhook.deliver(1);
        assertThat(verify()).isInstanceOf(AuditState.Proven.class);
    }

    /** What was delivered before the canary proves nothing about it. */
    @Test
    void provesNothingBeforeARequestAfterTheCanary() {
        webhook.deliver(10);

        assertThat(verify()).isInstanceOf(AuditState.Unverified.class);
        assertThat(verify()).isInstanceOf(AuditState.Unverified.class);
    }

    @Test
    void aRequestAfterTheCanaryProvesTheDelivery() {
        webhook.deliver(10);
        verify();
        webhook.deliver(1);

        assertThat(verify()).isInstanceOfSatisfying(AuditState.Proven.class, proven -> {
            assertThat(proven.observation().canary().level()).isEqualTo(Level.METADATA);
            assertThat(proven.observation().log()).isNull();
        });
    }

    @Test
    void sendsNoOtherCanaryForFiveMinutes() {
        givenProven();
        for (var time = Duration.ZERO; time.compareTo(Duration.ofMinutes(4)) < 0; time = time.plus(TEN_SECONDS)) {
            verify();
        }

        assertThat(requests.requests()).isEqualTo(1);
    }

    @Test
    void aFailureAfterTheCanaryProvesNothing() {
        verify();
        webhook.fail(1);

        assertThat(verify()).isInstanceOfSatisfying(AuditState.Unverified.class, state -> assertThat(state.reasons())
                .first()
                .asString()
                .contains("requests of kube-apiserver to the webhook have failed since"));
    }

    /** Events that wait are not lost, and the outage may be short. */
    @Test
    void aProofSurvivesTheBeginOfAnOutage() {
        givenProven();
        webhook.fail(5);

        assertThat(verify()).isInstanceOf(AuditState.Proven.class);
    }

    @Test
    void eventsThatWereGivenUpAreLost() {
        givenProven();
        webhook.fail(5);
        verify();
        webhook.giveUp(5);

        assertThat(verify()).isInstanceOfSatisfying(AuditState.Lost.class, lost -> assertThat(lost.cause())
                .isEqualTo(AuditState.Lost.Cause.NotDelivered));
    }

    @Test
    void isProvenAgainAfterTheOutage() {
        givenProven();
        webhook.fail(5);
        webhook.giveUp(5);
        verify();
        webhook.deliver(1);

        assertThat(verify()).isInstanceOf(AuditState.Proven.class);
    }

    /** Nothing of a canary is ever delivered then. */
    @Test
    void theRequestsForOtherEventsProveAPolicyThatOmitsCanaries() {
        webhook.deliver(10);
        var policy = spec(POLICY.replace("Metadata", "None"));
        verifier.verify(policy, webhook.process());
        webhook.pass(TEN_SECONDS);

        assertThat(verifier.verify(policy, webhook.process())).isInstanceOf(AuditState.Proven.class);
    }

    @Test
    void saysWhyTheMetricsCannotBeRead() {
        webhook.hide("status 403");

        assertThat(verify()).isEqualTo(new AuditState.Unverified(List.of("status 403")));
    }

    private Optional<String> problemOfTurn() throws InterruptedException {
        var snapshot = new NodeSnapshot(
                Optional.empty(),
                Optional.empty(),
                List.of(webhook.process()),
                Optional.empty(),
                true,
                Optional.empty(),
                new LogFile.NotOpen());
        return new ChangedSinkCheck(verifier, webhook.observer(), webhook::uptime, webhook::pass)
                .problem(spec(POLICY), snapshot);
    }

    @Test
    void aTurnFailsIfNoRequestSucceedsForAMinute() throws Exception {
        webhook.fail(5);

        assertThat(problemOfTurn().orElseThrow()).contains("cannot deliver its events");
    }

    /** It may be down for hours, and the policy must be changed all the same. */
    @Test
    void aTurnDoesNotDependOnAReceiverThatIsNotAsked() throws Exception {
        webhook = new SimulatedWebhook(
                root,
                new WebhookBackend(
                        new SecretReference("audit-webhook"), null, null, null, null, null, WebhookProbe.SKIP));
        webhook.fail(5);

        assertThat(problemOfTurn()).isEmpty();
    }

    /** Of a policy that records little, nothing may be sent. */
    @Test
    void aTurnSucceedsIfNothingWasSent() throws Exception {
        assertThat(problemOfTurn()).isEmpty();
    }
}
