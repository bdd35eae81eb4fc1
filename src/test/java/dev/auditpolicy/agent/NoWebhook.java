package dev.auditpolicy.agent;

import dev.auditpolicy.agent.webhook.SecretSource;
import dev.auditpolicy.agent.webhook.WebhookFiles;
import dev.auditpolicy.agent.webhook.WebhookPreflight;
import dev.auditpolicy.agent.webhook.WebhookUpkeep;
import dev.auditpolicy.host.file.LinuxDisk;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReader;
import java.time.InstantSource;
import java.util.Optional;

/** For the specs without a webhook, with which no file is read. */
public final class NoWebhook {

    private NoWebhook() {}

    private static WebhookFiles files() {
        return new WebhookFiles(
                new NodeFiles(new LinuxDisk()), SecretSource.NONE, new KubeconfigReader(InstantSource.system()));
    }

    public static WebhookPreflight preflight() {
        return new WebhookPreflight(files(), _ -> Optional.empty());
    }

    static WebhookUpkeep upkeep(Ticker ticker) {
        return new WebhookUpkeep(files(), ticker);
    }
}
