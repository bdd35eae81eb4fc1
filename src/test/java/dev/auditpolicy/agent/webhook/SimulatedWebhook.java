package dev.auditpolicy.agent.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.agent.RootedDisk;
import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.http.ApiServerMetrics;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReader;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReading;
import dev.auditpolicy.webhook.probe.ProbeResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node whose kube-apiserver has a webhook and counts what becomes of its requests. */
public final class SimulatedWebhook implements ApiServerMetrics {

    private static final String POST =
            "rest_client_requests_total{code=\"%s\",host=\"sink:8443\",method=\"POST\"} %d\n";

    private static final Map<String, byte[]> SECRET = Map.of("kubeconfig", """
            current-context: c
            contexts: [{name: c, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "https://sink:8443", insecure-skip-tls-verify: true}}]
            users: [{name: u, user: {}}]
            """.getBytes(UTF_8));

    private final WebhookFiles files;
    private final SinkObserver observer;
    private final NodeWebhook webhook;
    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private Duration uptime = Duration.ofHours(1);
    private long pid = 1;
    private long delivered;
    private long failed;
    private long lost;
    private long events;
    private int readings;
    private Optional<String> failure = Optional.empty();

    /** @param root of the node's file system */
    public SimulatedWebhook(Path root, WebhookBackend settings) throws IOException {
        var reader = new KubeconfigReader(InstantSource.system());
        var hashes =
                ((KubeconfigReading.Usable) reader.read(SECRET)).kubeconfig().hashes();
        webhook = new NodeWebhook(settings, hashes.kubeconfig(), hashes.files());
        Files.createDirectories(root.resolve("etc/kubernetes"));
        files = new WebhookFiles(new NodeFiles(new RootedDisk(root)), _ -> Optional.of(SECRET), reader);
        files.write(webhook, ProcessUser.ROOT);
        observer = new SinkObserver(
                this, files, _ -> new ProbeResult.Accepted(200), _ -> "192.0.2.1:6443", this::uptime, () -> now);
    }

    public SinkObserver observer() {
        return observer;
    }

    WebhookFiles files() {
        return files;
    }

    public NodeWebhook webhook() {
        return webhook;
    }

    public ApiServerProcess process() {
        return new ApiServerProcess(
                pid,
                pid,
                Instant.EPOCH,
                "0".repeat(32),
                ProcessUser.ROOT,
                List.of("kube-apiserver", "--audit-webhook-config-file=" + webhook.kubeconfigPath()));
    }

    /** Another process, which has counted nothing. */
    public void restart() {
        pid++;
        delivered = 0;
        failed = 0;
        lost = 0;
        events = 0;
    }

    public void deliver(int more) {
        delivered++;
        events += more;
    }

    public void fail(int more) {
        failed++;
        events += more;
    }

    public void giveUp(int count) {
        lost += count;
    }

    /** Refuses to show the metrics. */
    public void hide(String reason) {
        failure = Optional.of(reason);
    }

    public int readings() {
        return readings;
    }

    public void pass(Duration duration) {
        now = now.plus(duration);
        uptime = uptime.plus(duration);
    }

    public Instant now() {
        return now;
    }

    public BootTime uptime() {
        return new BootTime("boot", uptime.toMillis());
    }

    @Override
    public <T> T read(String address, Reader<T> reader) throws IOException {
        readings++;
        if (failure.isPresent()) {
            throw new IOException(failure.get());
        }
        var text = new StringBuilder();
        if (delivered > 0) {
            text.append(POST.formatted("200", delivered));
        }
        if (failed > 0) {
            text.append(POST.formatted("500", failed));
        }
        text.append("apiserver_audit_error_total{plugin=\"webhook\"} ")
                .append(lost)
                .append('\n');
        text.append("apiserver_audit_event_total ").append(events).append('\n');
        return reader.read(new ByteArrayInputStream(text.toString().getBytes(UTF_8)));
    }
}
