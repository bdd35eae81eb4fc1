package dev.auditpolicy.policy.lint.backend;

import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Memberships;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.List;
import java.util.stream.Stream;

/**
 * A webhook that kube-apiserver needs to start. It sends requests to itself in post-start hooks. In the blocking modes, those
 * that are recorded wait for the webhook; with one that is down, the hooks fail after about 60 s, and the process ends.
 */
public final class WebhookAtStart implements PolicyCheck {

    private static final Requests OWN = Requests.FOR_RESOURCES
            .where(Attribute.USER, Values.of("system:apiserver"))
            .where(Attribute.USER_GROUPS, Memberships.inOneOf(List.of("system:masters")));

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        var webhook = analyzed.webhook();
        if (webhook == null || webhook.mode() == null || webhook.mode() == Mode.BATCH) {
            return Stream.empty();
        }
        return analyzed.rules().anyMatch(rule -> analyzed.records(rule) && analyzed.decides(rule, OWN))
                ? Stream.of(LintFinding.of(
                        FindingCode.WEBHOOK_AT_START,
                        "webhook.mode",
                        "kube-apiserver's requests to itself wait for the webhook, too: while the webhook is unavailable, a"
                                + " kube-apiserver that starts ends after about a minute, again and again",
                        "set mode: batch, the default for the webhook"))
                : Stream.empty();
    }
}
