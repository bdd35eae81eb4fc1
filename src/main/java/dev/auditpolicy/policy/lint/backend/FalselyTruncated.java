package dev.auditpolicy.policy.lint.backend;

import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import java.util.stream.Stream;

/**
 * Truncation of the log that shows in the webhook. kube-apiserver writes the log first, and its truncation adds an annotation
 * to the map of annotations that the event for the webhook has, too. The other way round, the log is written already.
 */
public final class FalselyTruncated implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        var log = analyzed.log();
        var webhook = analyzed.webhook();
        return log != null
                        && webhook != null
                        && LostEvents.truncates(log.truncate())
                        && !LostEvents.truncates(webhook.truncate())
                        && LostWebhookEvents.recordsBodies(analyzed)
                ? Stream.of(LintFinding.of(
                        FindingCode.FALSELY_TRUNCATED,
                        "webhook.truncate",
                        "log.truncate is enabled, and an event that it truncates reaches the webhook with all bodies and, by an"
                                + " error of kube-apiserver, with the annotation audit.k8s.io/truncated",
                        "set truncate.enabled: true"))
                : Stream.empty();
    }
}
