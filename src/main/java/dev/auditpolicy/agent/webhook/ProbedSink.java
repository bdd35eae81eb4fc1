package dev.auditpolicy.agent.webhook;

import dev.auditpolicy.webhook.probe.ProbeResult;
import dev.auditpolicy.webhook.probe.SinkProbe;
import dev.auditpolicy.webhook.sink.WebhookKubeconfig;
import java.util.Optional;

/** Asks the receiver from this node. */
public final class ProbedSink implements WebhookPreflight.Sink {

    private final SinkProbe probe;

    public ProbedSink(SinkProbe probe) {
        this.probe = probe;
    }

    @Override
    public Optional<String> problem(WebhookKubeconfig kubeconfig) throws InterruptedException {
        var result = probe.probe(kubeconfig);
        // A receiver that cannot be asked may well get the events.
        return result.delivers() || result instanceof ProbeResult.NotAsked
                ? Optional.empty()
                : Optional.of("webhook.kubeconfigSecret: " + result.message());
    }
}
