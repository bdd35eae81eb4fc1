package dev.auditpolicy.agent.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.host.process.ProcessUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookUpkeepTest {

    @TempDir
    private Path root;

    private SimulatedWebhook webhook;
    private WebhookUpkeep upkeep;

    @BeforeEach
    void createNode() throws IOException {
        webhook = new SimulatedWebhook(root, WebhookBackend.of("audit-webhook"));
        upkeep = new WebhookUpkeep(webhook.files(), webhook::uptime);
    }

    private static AuditNodeSpec spec(NodeWebhook webhook) {
        return new AuditNodeSpec("a", 1L, "", LogBackend.at("/var/log/audit/audit.log"), webhook, 3, 60, null, null);
    }

    private boolean hasFiles() {
        return Files.exists(root.resolve(webhook.webhook().kubeconfigPath().substring(1)));
    }

    /** They contain credentials. */
    @Test
    void deletesTheFilesOfARevisionThatWasRefusedAndIsGone() {
        assertThat(upkeep.keep(spec(null), false, Stream.of(), ProcessUser.ROOT))
                .isEmpty();

        assertThat(hasFiles()).isFalse();
    }

    @Test
    void keepsTheFilesThatARollbackNeeds() {
        upkeep.keep(spec(null), false, Stream.of(spec(webhook.webhook())), ProcessUser.ROOT);

        assertThat(hasFiles()).isTrue();
    }

    @Test
    void writesTheFilesAgainWhereTheNodeRunsThem() throws IOException {
        Files.delete(root.resolve(webhook.webhook().kubeconfigPath().substring(1)));

        upkeep.keep(spec(webhook.webhook()), true, Stream.of(), ProcessUser.ROOT);

        assertThat(hasFiles()).isTrue();
    }
}
