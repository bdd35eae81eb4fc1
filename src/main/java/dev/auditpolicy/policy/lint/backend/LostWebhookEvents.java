package dev.auditpolicy.policy.lint.backend;

import static java.util.Objects.requireNonNullElse;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Webhook settings that lose events or slow down kube-apiserver. A separate goroutine sends each batch. It tries five
 * times, with a delay of 10 s that grows by half each time: about 80 s in total (upstream's {@code buffered.go} and {@code
 * pkg/util/webhook}).
 */
public final class LostWebhookEvents implements PolicyCheck {

    private static final Batch DEFAULTS = new Batch(10_000, 400, BigDecimal.valueOf(30), true, BigDecimal.TEN, 15);

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        WebhookBackend webhook = analyzed.webhook();
        if (webhook == null) {
            return Stream.empty();
        }
        var findings = new ArrayList<LintFinding>();
        if (webhook.mode() == null || webhook.mode() == Mode.BATCH) {
            if (analyzed.log() == null) {
                findings.add(alone());
            }
            batched(requireNonNullElse(webhook.batch(), DEFAULTS), findings);
        } else {
            findings.add(blocking());
        }
        if (!LostEvents.truncates(webhook.truncate()) && recordsBodies(analyzed)) {
            findings.add(untruncated());
        }
        return findings.stream();
    }

    private static void batched(Batch batch, List<LintFinding> findings) {
        if (!requireNonNullElse(batch.throttleEnable(), DEFAULTS.throttleEnable())) {
            findings.add(LintFinding.of(
                    FindingCode.UNTHROTTLED_WEBHOOK,
                    "webhook.batch.throttleEnable",
                    "without throttling, every batch waits in memory for about 80 seconds while the receiver is slow or"
                            + " unavailable, until kube-apiserver runs out of memory",
                    "remove throttleEnable: throttling is the default"));
            return;
        }
        BigDecimal batches = requireNonNullElse(batch.throttleQPS(), DEFAULTS.throttleQPS());
        int size = requireNonNullElse(batch.maxSize(), DEFAULTS.maxSize());
        long eventsPerSecond = batches.multiply(BigDecimal.valueOf(size)).longValue();
        if (eventsPerSecond < LostEvents.MIN_EVENTS_PER_SECOND) {
            String field = batch.throttleQPS() == null ? "maxSize" : "throttleQPS";
            findings.add(LintFinding.of(
                    FindingCode.THROTTLED_WEBHOOK,
                    "webhook.batch." + field,
                    batches.toPlainString() + " batches of " + size + " per second allow " + eventsPerSecond
                            + " events per second: when a cluster produces more, the buffer fills and events are dropped",
                    "remove " + field + ": the default is 10 batches of 400 per second"));
        }
    }

    private static LintFinding alone() {
        return LintFinding.of(
                FindingCode.WEBHOOK_ALONE,
                "webhook",
                "events are buffered in memory and retried for about 80 seconds: a crash or a longer outage of the receiver"
                        + " loses them, and nothing else records them",
                "set log as well, to keep on the node the events that the webhook loses");
    }

    private static LintFinding blocking() {
        return LintFinding.of(
                FindingCode.BLOCKING_WEBHOOK,
                "webhook.mode",
                "every recorded request waits for the webhook to respond twice, and fails after 60 seconds if it is"
                        + " unavailable",
                "set mode: batch, the default for the webhook");
    }

    private static LintFinding untruncated() {
        return LintFinding.of(
                FindingCode.UNTRUNCATED_WEBHOOK,
                "webhook.truncate",
                "the policy records bodies, and the receiver can reject a batch with large ones, which loses all its"
                        + " events",
                "set truncate.enabled: true to lose only the bodies");
    }

    static boolean recordsBodies(AnalyzedPolicy analyzed) {
        return analyzed.rules().anyMatch(rule -> analyzed.recordsBodies(rule) && analyzed.decides(rule, Requests.ALL));
    }
}
