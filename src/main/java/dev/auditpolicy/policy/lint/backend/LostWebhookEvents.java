package dev.auditpolicy.policy.lint.backend;

import static java.util.Objects.requireNonNullElse;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Settings of the webhook by which events do not arrive, or kube-apiserver suffers. Each batch is sent by a routine of its
 * own, which tries five times, with pauses of 10 s and half as much again each: about 80 s (upstream's
 * {@code buffered.go} and {@code pkg/util/webhook}).
 */
public final class LostWebhookEvents implements PolicyCheck {

    private static final Batch DEFAULTS = new Batch(10_000, 400, 30, true, 10, 15);

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        WebhookBackend webhook = analyzed.webhook();
        if (webhook == null) {
            return Stream.empty();
        }
        List<LintFinding> findings = new ArrayList<>();
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
                    "without a throttle, every batch that a slow or absent receiver does not take waits in memory for"
                            + " about 80 seconds, as many as there are, until kube-apiserver runs out of it",
                    "remove it: throttled is the default"));
            return;
        }
        int batches = requireNonNullElse(batch.throttleQPS(), DEFAULTS.throttleQPS());
        int size = requireNonNullElse(batch.maxSize(), DEFAULTS.maxSize());
        long eventsPerSecond = (long) batches * size;
        if (eventsPerSecond < LostEvents.FEW_EVENTS_PER_SECOND) {
            findings.add(LintFinding.of(
                    FindingCode.THROTTLED_WEBHOOK,
                    batch.throttleQPS() == null ? "webhook.batch.maxSize" : "webhook.batch.throttleQPS",
                    batches + " batches of " + size + " a second are " + eventsPerSecond
                            + " events: what a cluster makes beyond that fills the buffer and is dropped",
                    "remove it: the default is 10 batches of 400"));
        }
    }

    private static LintFinding alone() {
        return LintFinding.of(
                FindingCode.WEBHOOK_ALONE,
                "webhook",
                "events wait in memory and are tried for about 80 seconds: a crash, or a receiver that is away for longer,"
                        + " loses them, and nothing else records them",
                "set log too, which keeps on the node what does not arrive");
    }

    private static LintFinding blocking() {
        return LintFinding.of(
                FindingCode.BLOCKING_WEBHOOK,
                "webhook.mode",
                "every request waits until the webhook has answered, and about 80 seconds if it is away",
                "write mode: batch, the default of the webhook");
    }

    private static LintFinding untruncated() {
        return LintFinding.of(
                FindingCode.UNTRUNCATED_WEBHOOK,
                "webhook.truncate",
                "the policy records bodies, and a batch with large ones can be more than the receiver takes: then all its"
                        + " events are lost",
                "set truncate.enabled: true, to lose only the bodies");
    }

    private static boolean recordsBodies(AnalyzedPolicy analyzed) {
        return analyzed.rules().anyMatch(rule -> analyzed.recordsBodies(rule) && analyzed.decides(rule, Requests.ALL));
    }
}
