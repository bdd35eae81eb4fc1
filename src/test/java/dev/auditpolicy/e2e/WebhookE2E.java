package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabNodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The webhook backend, from the Secret to the receiver. */
@Tag("rare")
@LabNodes(1)
@ExtendWith(OperatorExtension.class)
class WebhookE2E {

    private static final String NODE = "cp1";
    private final Operator operator;
    private final Lab lab;
    private Receiver receiver;

    WebhookE2E(Operator operator) {
        this.operator = operator;
        this.lab = operator.lab();
    }

    @BeforeEach
    void receive(@TempDir Path directory) throws Exception {
        receiver = new Receiver(lab, List.of(NODE), directory);
    }

    @AfterEach
    void stopReceiving() {
        receiver.close();
    }

    private void givenSecret(String path, String token) {
        lab.kubectlWithInput(receiver.secret(path, token), "apply", "-f", "-");
    }

    private static String policy(String marker) {
        return AuditPolicies.secrets(marker)
                .replaceFirst(
                        "(?m)^  log:$",
                        "  webhook: {kubeconfigSecret: {name: audit-webhook}, batch: {maxWaitSeconds: 1}}\n  log:");
    }

    private void givenEffective(String path, String token) {
        givenSecret(path, token);
        operator.apply(policy("webhook" + path.replace('/', '-')));
        operator.awaitReady();
    }

    /** Its policy records Secrets. */
    private void causeEvents() {
        lab.kubectl("get", "secrets", "--all-namespaces");
    }

    @Test
    void sendsEventsWithTheTokenOfTheSecret() {
        givenEffective("/first", "token-1");

        operator.await("events arrive", Duration.ofMinutes(1)).untilAsserted(() -> {
            causeEvents();
            assertThat(receiver.events()).isNotEmpty().containsOnly("/first Bearer token-1");
        });
        assertThat(lab.exec(NODE, "sh", "-c", "stat -c '%a %u' /etc/kubernetes/audit-webhook/*/*"))
                .matches("(600 0\\s*)+");
    }

    @Test
    void rotatesTheTokenWithoutARestart() {
        givenEffective("/rotated", "token-1");
        var before = operator.apiServer(NODE);

        givenSecret("/rotated", "token-2");

        operator.await("the new token arrives", Duration.ofMinutes(4)).untilAsserted(() -> {
            causeEvents();
            assertThat(receiver.events()).last().isEqualTo("/rotated Bearer token-2");
        });
        assertThat(operator.apiServer(NODE)).isEqualTo(before);
        operator.awaitReady();
    }

    /** kube-apiserver itself says nothing for 80 to 250 s. */
    @Test
    void reportsAnOutageAndItsEnd() {
        givenEffective("/outage", "token-1");
        awaitSinkHealthy("True", "delivers");

        receiver.answer(503);

        awaitSinkHealthy("False", "with status 503");
        operator.await("the AuditPolicy has the answer of the receiver", Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(operator.message("SinkHealthy"))
                        .contains("1 of 1 kube-apiservers", NODE, "the receiver answers 503"));
        assertThat(operator.eventMessages("WebhookNotDelivering")).contains("503");
        assertThat(operator.isReady()).isTrue();

        receiver.answer(200);

        awaitSinkHealthy("True", "delivers");
        assertThat(operator.field("auditnode/" + NODE, ".status.webhook.lostEvents"))
                .isEqualTo("0");
    }

    private void awaitSinkHealthy(String status, String message) {
        operator.await("SinkHealthy is " + status, Duration.ofMinutes(2)).untilAsserted(() -> {
            causeEvents();
            var condition = "auditnode/" + NODE;
            assertThat(operator.field(condition, ".status.conditions[?(@.type=='SinkHealthy')].status"))
                    .isEqualTo(status);
            assertThat(operator.field(condition, ".status.conditions[?(@.type=='SinkHealthy')].message"))
                    .contains(message);
        });
    }

    @Test
    void provesTheDeliveryWithoutALog() {
        givenSecret("/alone", "token-1");

        operator.apply(policy("alone").replaceFirst("(?m)^  log:\\n    path: .*\\n", ""));
        operator.awaitReady();

        assertThat(operator.field("auditnode/" + NODE, ".status.proof.canary.level"))
                .isEqualTo("None");
        assertThat(operator.field("auditnode/" + NODE, ".status.observed.flags"))
                .contains("--audit-webhook-config-file")
                .doesNotContain("--audit-log-path");
    }

    /** The policy of the other tests omits canaries; this one records them. */
    @Test
    void provesTheDeliveryOfACanaryWithoutALog() {
        givenSecret("/canary", "token-1");
        var policy = AuditPolicies.withRule(
                policy("canary"), "resources: [{group: auditpolicy.dev, resources: [auditnodes]}]");

        operator.apply(policy.replaceFirst("(?m)^  log:\\n    path: .*\\n", ""));
        operator.awaitReady();

        assertThat(operator.field("auditnode/" + NODE, ".status.proof.canary.level"))
                .isEqualTo("Metadata");
        assertThat(receiver.events()).isNotEmpty();
    }

    @Test
    void refusesAReceiverThatRedirects() {
        operator.givenEffective();
        var before = operator.apiServer(NODE);

        givenSecret("/moved", "token-1");
        operator.apply(policy("moved"));
        operator.awaitStalled();

        assertThat(operator.message("Ready")).contains(NODE, "redirects to /events with 301", "server");
        assertThat(operator.apiServer(NODE)).isEqualTo(before);
    }

    @Test
    void changesTheKubeconfigInATurnAndDeletesTheOldFiles() {
        givenEffective("/before", "token-1");

        givenSecret("/after", "token-1");

        operator.await("the new path is asked", Duration.ofMinutes(4)).untilAsserted(() -> {
            causeEvents();
            assertThat(receiver.events()).last().isEqualTo("/after Bearer token-1");
        });
        operator.awaitReady();
        operator.await("the old files are gone", Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                        lab.exec(NODE, "ls", "/etc/kubernetes/audit-webhook").strip())
                .doesNotContain("\n"));
    }

    @Test
    void keepsWhatRunsWhenTheSecretIsDeleted() {
        givenEffective("/kept", "token-1");
        var before = operator.apiServer(NODE);

        lab.kubectl("-n", "auditpolicy-system", "delete", "secret", "audit-webhook");

        operator.await("the loss is reported", Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(operator.message("Accepted")).contains("the Secret is gone"));
        assertThat(operator.apiServer(NODE)).isEqualTo(before);
    }
}
