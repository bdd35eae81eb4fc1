package dev.auditpolicy.agent;

import dev.auditpolicy.agent.evaluate.AuditState;
import dev.auditpolicy.agent.webhook.SecretSource;
import dev.auditpolicy.agent.webhook.SinkObserver;
import dev.auditpolicy.agent.webhook.WebhookFiles;
import dev.auditpolicy.agent.webhook.WebhookPreflight;
import dev.auditpolicy.agent.webhook.WebhookUpkeep;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.file.LinuxDisk;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.http.ApiServerMetrics;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReader;
import dev.auditpolicy.webhook.probe.ProbeResult;
import dev.auditpolicy.webhook.sink.WebhookKubeconfig;
import java.time.InstantSource;
import java.util.List;

/** For the specs without a webhook, with which no file is read. */
public final class NoWebhook {

    private NoWebhook() {}

    private static WebhookFiles files() {
        return new WebhookFiles(
                new NodeFiles(new LinuxDisk()), SecretSource.NONE, new KubeconfigReader(InstantSource.system()));
    }

    public static WebhookPreflight preflight() {
        return new WebhookPreflight(files(), NoWebhook::none, () -> BootTime.UNKNOWN);
    }

    private static ProbeResult none(WebhookKubeconfig kubeconfig) {
        throw new AssertionError("asked " + kubeconfig);
    }

    /** For a spec with a log, which is verified by that. */
    public static AuditState verify(AuditNodeSpec spec, ApiServerProcess process) {
        return new AuditState.Unverified(List.of("no webhook: " + spec.revision() + " on " + process.pid()));
    }

    static SinkObserver sinks(Ticker ticker, InstantSource clock) {
        return new SinkObserver(metrics(), files(), NoWebhook::none, _ -> "", ticker, clock);
    }

    static ApiServerMetrics metrics() {
        return new ApiServerMetrics() {
            @Override
            public <T> T read(String address, Reader<T> reader) {
                throw new AssertionError("read the metrics of " + address);
            }
        };
    }

    static WebhookUpkeep upkeep(Ticker ticker) {
        return new WebhookUpkeep(files(), ticker);
    }
}
