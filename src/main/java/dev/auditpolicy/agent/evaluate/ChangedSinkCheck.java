package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.node.Sleeper;
import dev.auditpolicy.agent.webhook.SinkObserver;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.webhook.status.SinkHealth;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits, after a restart, until kube-apiserver has delivered events to its webhook. The pre-flight has asked the receiver, but kube-apiserver
 * may do what it does not.
 */
public final class ChangedSinkCheck {

    /** kube-apiserver's default. */
    private static final BigDecimal MAX_WAIT_SECONDS = BigDecimal.valueOf(30);

    /** Two readings of the metrics, and the first retry. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final WebhookVerifier verifier;
    private final SinkObserver sinks;
    private final Ticker ticker;
    private final Sleeper sleeper;

    public ChangedSinkCheck(WebhookVerifier verifier, SinkObserver sinks, Ticker ticker, Sleeper sleeper) {
        this.verifier = verifier;
        this.sinks = sinks;
        this.ticker = ticker;
        this.sleeper = sleeper;
    }

    /** What fails. Empty if a request succeeds, if none is sent, or without a webhook that was asked. */
    public Optional<String> problem(AuditNodeSpec spec, NodeSnapshot node) throws InterruptedException {
        var webhook = spec.webhook();
        // Nobody was asked before: the receiver may have been away for hours.
        if (webhook == null || !webhook.settings().asksReceiver()) {
            return Optional.empty();
        }
        var process = node.newest().orElseThrow();
        var deadline = ticker.now().plus(maxWait(webhook.settings())).plus(MARGIN);
        while (ticker.now().isBefore(deadline)) {
            if (verifier.verify(spec, process) instanceof AuditState.Proven) {
                return Optional.empty();
            }
            sleeper.sleep(INTERVAL);
        }
        return sinks.read(process)
                .filter(SinkHealth::isFailing)
                .map(_ ->
                        "webhook: kube-apiserver cannot deliver its events, although the receiver has accepted a request of"
                                + " the agent. See kube-apiserver's log, and the receiver's");
    }

    private static Duration maxWait(WebhookBackend settings) {
        var seconds =
                Optional.ofNullable(settings.batch()).map(Batch::maxWaitSeconds).orElse(MAX_WAIT_SECONDS);
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
    }
}
