package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.agent.log.CanaryProof;
import dev.auditpolicy.agent.log.CanaryRequests;
import dev.auditpolicy.agent.webhook.SinkObserver;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Canary;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.webhook.status.SinkHealth;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Verifies that a kube-apiserver, whose process, flags and files are verified, delivers events to its webhook. A receiver cannot be
 * asked what it has, so kube-apiserver's counters must do: after a request that the policy records, one more request to the
 * webhook must succeed, and none may fail.
 */
public final class WebhookVerifier {

    private final SinkObserver sinks;
    private final CanaryRequests requests;
    private final InstantSource clock;
    private final Ticker ticker;
    private Optional<Subject> subject = Optional.empty();
    private Optional<Sent> sent = Optional.empty();
    private Optional<Proven> proven = Optional.empty();

    /** What a proof applies to. */
    private record Subject(String revision, long pid, long startTicks) {}

    /** @param delivered how many requests to the webhook had succeeded */
    private record Sent(Canary canary, long delivered) {}

    private record Proven(Canary canary, Instant at, BootTime since) {}

    public WebhookVerifier(SinkObserver sinks, CanaryRequests requests, InstantSource clock, Ticker ticker) {
        this.sinks = sinks;
        this.requests = requests;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Must be called in each iteration of the loop. */
    public AuditState verify(AuditNodeSpec spec, ApiServerProcess process) {
        resetIfChanged(new Subject(spec.revision(), process.pid(), process.startTicks()));
        var health = sinks.read(process);
        if (health.isEmpty()) {
            return valid(spec, process).orElseGet(() -> unverified(sinks.failure()));
        }
        if (health.get().delivery() instanceof SinkHealth.Delivery.Failing failing) {
            sent = Optional.empty();
            return failing(spec, process, health.get(), failing);
        }
        try {
            advance(spec, process, health.get());
        } catch (IOException failure) {
            return valid(spec, process)
                    .orElseGet(() -> unverified("the canary request failed: " + failure.getMessage()));
        }
        return valid(spec, process)
                .orElseGet(
                        () -> unverified("waiting until kube-apiserver has delivered a canary request to the webhook"));
    }

    private void resetIfChanged(Subject now) {
        if (!subject.equals(Optional.of(now))) {
            subject = Optional.of(now);
            sent = Optional.empty();
            proven = Optional.empty();
        }
    }

    private void advance(AuditNodeSpec spec, ApiServerProcess process, SinkHealth health) throws IOException {
        var delivered = health.deliveredRequests();
        if (sent.filter(canary -> delivered > canary.delivered()).isPresent()) {
            proven = Optional.of(new Proven(sent.get().canary(), clock.instant(), ticker.now()));
            sent = Optional.empty();
        }
        if (sent.isEmpty() && isDue()) {
            var level = requests.expectation(spec).level();
            var auditID = requests.send(process);
            // Of what the policy omits, nothing is ever delivered: then the requests for other events must do.
            sent = Optional.of(new Sent(
                    new Canary(auditID, level), level == Level.NONE && delivered > 0 ? delivered - 1 : delivered));
        }
    }

    private boolean isDue() {
        return proven.filter(proof -> ticker.now().isBefore(proof.since().plus(CanaryProof.RENEWAL)))
                .isEmpty();
    }

    private Optional<AuditState> valid(AuditNodeSpec spec, ApiServerProcess process) {
        return proven.filter(proof -> ticker.now().isBefore(proof.since().plus(CanaryProof.VALIDITY)))
                .map(proof -> new AuditState.Proven(
                        spec, process, new LogObservation(proof.canary(), proof.at(), null, Optional.empty())));
    }

    /** Events that wait for a retry are not lost. */
    private AuditState failing(
            AuditNodeSpec spec, ApiServerProcess process, SinkHealth health, SinkHealth.Delivery.Failing failing) {
        var reason = "requests of kube-apiserver to the webhook have failed since "
                + failing.since().truncatedTo(ChronoUnit.SECONDS) + "; see the condition SinkHealthy";
        return health.lostSinceDelivery() > 0
                ? new AuditState.Lost(spec.revision(), AuditState.Lost.Cause.NotDelivered, List.of(reason))
                : valid(spec, process).orElseGet(() -> unverified(reason));
    }

    private static AuditState unverified(String reason) {
        return new AuditState.Unverified(List.of(reason));
    }
}
