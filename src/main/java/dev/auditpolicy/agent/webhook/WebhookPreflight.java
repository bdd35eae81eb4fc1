package dev.auditpolicy.agent.webhook;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.webhook.probe.ProbeResult;
import dev.auditpolicy.webhook.sink.WebhookKubeconfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Checks, before a restart, whether kube-apiserver can deliver events to the webhook. */
public final class WebhookPreflight {

    /** A node can wait for its turn, or be refused, for hours, and is evaluated every few seconds. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final WebhookFiles files;
    private final Sink sink;
    private final Ticker ticker;
    private Optional<Asked> last = Optional.empty();

    /** @param secret what identifies kubeconfig and credentials */
    private record Asked(String secret, BootTime at, ProbeResult answer) {}

    /** Asks a webhook. A port, so that tests can simulate it. */
    @FunctionalInterface
    public interface Sink {

        /** What it answers to a request like those of kube-apiserver, within 20 s. */
        ProbeResult ask(WebhookKubeconfig kubeconfig) throws InterruptedException;
    }

    public WebhookPreflight(WebhookFiles files, Sink sink, Ticker ticker) {
        this.files = files;
        this.sink = sink;
        this.ticker = ticker;
    }

    /**
     * Writes the files of the webhook, which the check with the node's kube-apiserver reads too, and asks the webhook.
     *
     * @return why the node must not be changed; empty if nothing speaks against it, or if there is no webhook
     */
    public Optional<String> problem(AuditNodeSpec spec, ProcessUser user) throws InterruptedException {
        var webhook = spec.webhook();
        if (webhook == null) {
            return Optional.empty();
        }
        try {
            var kubeconfig = files.write(webhook, user);
            return webhook.settings().asksReceiver() ? problem(ask(kubeconfig)) : Optional.empty();
        } catch (IOException failure) {
            return Optional.ofNullable(failure.getMessage());
        }
    }

    /** Asks anew at the next check. */
    public void forget() {
        last = Optional.empty();
    }

    private ProbeResult ask(WebhookKubeconfig kubeconfig) throws InterruptedException {
        var secret = kubeconfig.hashes().files();
        if (last.filter(asked -> asked.secret().equals(secret)
                        && ticker.now().isBefore(asked.at().plus(REMEMBERED)))
                .isEmpty()) {
            var answer = sink.ask(kubeconfig);
            last = Optional.of(new Asked(secret, ticker.now(), answer));
        }
        return last.orElseThrow().answer();
    }

    /** A receiver that cannot be asked may well get the events. */
    private static Optional<String> problem(ProbeResult answer) {
        return answer.delivers() || answer instanceof ProbeResult.NotAsked
                ? Optional.empty()
                : Optional.of(
                        "webhook.kubeconfigSecret: " + answer.message()
                                + ". Any change of this node waits until the receiver accepts a request, or webhook.probe is Skip");
    }
}
