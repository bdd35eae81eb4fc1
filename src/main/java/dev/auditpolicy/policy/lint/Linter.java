package dev.auditpolicy.policy.lint;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import java.util.Comparator;
import java.util.List;

/**
 * Finds what is probably not meant in a policy and in the settings of the backends it goes to. Meant for policies that
 * kube-apiserver loads; what it would refuse is {@link dev.auditpolicy.policy.read.PolicyReader}'s to say.
 */
public final class Linter {

    private static final List<Check> CHECKS = List.of(
            new UnreachableRules(),
            new ShadowedValues(),
            new RedundantValues(),
            new FaultyValues(),
            new ScopeMismatch(),
            new NamesOnCreate(),
            new SubresourceWildcards(),
            new ClusterContents(),
            new SensitiveBodies(),
            new NothingRecorded(),
            new NoCatchAll(),
            new FailedAuthentication(),
            new WebSockets(),
            new AuditChanges(),
            new OmittedOutcome(),
            NoisyTraffic.EVENTS,
            NoisyTraffic.LEASES,
            NoisyTraffic.PROBES,
            NoisyTraffic.WATCHES,
            new LargeLists(),
            new TwoEvents(),
            new LevelWithoutBodies(),
            new LogRetention(),
            new LostEvents(),
            new SmallLimits(),
            new LostWebhookEvents(),
            new StrictMode(),
            new LogBenchmarks(),
            new KeyConcerns(),
            new NotEverything());

    private Linter() {}

    /**
     * Checks a policy.
     *
     * @param log the settings of the log; null if there are none, or if they are not known
     * @return the most severe first, and among equals in the order of codes and then of places
     */
    public static List<LintFinding> lint(Policy policy, LogBackend log, LintContext context) {
        return lint(policy, log, null, context);
    }

    /**
     * Checks a policy.
     *
     * @param log the settings of the log; null if there are none, or if they are not known
     * @param webhook the settings of the webhook; the same
     * @return as above
     */
    public static List<LintFinding> lint(Policy policy, LogBackend log, WebhookBackend webhook, LintContext context) {
        Subject subject = Subject.of(policy, log, webhook, context);
        return CHECKS.stream()
                .flatMap(check -> check.check(subject))
                .filter(finding -> !context.silenced().contains(finding.code()))
                .sorted(Comparator.comparing(LintFinding::severity).thenComparing(LintFinding::code))
                .toList();
    }
}
