package dev.auditpolicy.policy.lint.backend;

import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import java.util.stream.Stream;

/**
 * A restart that does not wait for all attempts to send a batch. With a receiver that answers, kube-apiserver sends what is
 * buffered within 2 s; with one that refuses connections, its five attempts take up to 98 s.
 */
public final class ShortDrain implements PolicyCheck {

    private static final int ALL_ATTEMPTS_SECONDS = 98;

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        var webhook = analyzed.webhook();
        var drainSeconds = analyzed.drainSeconds();
        return webhook != null
                        && (webhook.mode() == null || webhook.mode() == Mode.BATCH)
                        && drainSeconds != null
                        && drainSeconds < ALL_ATTEMPTS_SECONDS
                ? Stream.of(LintFinding.of(
                        FindingCode.SHORT_DRAIN,
                        "rollout.drainSeconds",
                        "a restart waits " + drainSeconds
                                + " s for buffered events, and while the webhook is unavailable,"
                                + " kube-apiserver tries for up to " + ALL_ATTEMPTS_SECONDS
                                + " s to send them: a restart then"
                                + " loses those that a longer wait could still deliver",
                        "set drainSeconds to " + ALL_ATTEMPTS_SECONDS
                                + ", unless these events matter less than a quick rollout"))
                : Stream.empty();
    }
}
