package dev.auditpolicy.policy.lint;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.policy.lint.backend.LogBenchmarks;
import dev.auditpolicy.policy.lint.backend.LogRetention;
import dev.auditpolicy.policy.lint.backend.LostEvents;
import dev.auditpolicy.policy.lint.backend.LostWebhookEvents;
import dev.auditpolicy.policy.lint.backend.SmallLimits;
import dev.auditpolicy.policy.lint.backend.StrictMode;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.coverage.AuditChanges;
import dev.auditpolicy.policy.lint.coverage.FailedAuthentication;
import dev.auditpolicy.policy.lint.coverage.KeyConcerns;
import dev.auditpolicy.policy.lint.coverage.NoCatchAll;
import dev.auditpolicy.policy.lint.coverage.NotEverything;
import dev.auditpolicy.policy.lint.coverage.NothingRecorded;
import dev.auditpolicy.policy.lint.coverage.OmittedOutcome;
import dev.auditpolicy.policy.lint.coverage.SensitiveBodies;
import dev.auditpolicy.policy.lint.coverage.WebSockets;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.noise.LargeLists;
import dev.auditpolicy.policy.lint.noise.LevelWithoutBodies;
import dev.auditpolicy.policy.lint.noise.NoisyTraffic;
import dev.auditpolicy.policy.lint.noise.TwoEvents;
import dev.auditpolicy.policy.lint.rule.ClusterContents;
import dev.auditpolicy.policy.lint.rule.FaultyValues;
import dev.auditpolicy.policy.lint.rule.NamesOnCreate;
import dev.auditpolicy.policy.lint.rule.RedundantValues;
import dev.auditpolicy.policy.lint.rule.ScopeMismatch;
import dev.auditpolicy.policy.lint.rule.ShadowedValues;
import dev.auditpolicy.policy.lint.rule.SubresourceWildcards;
import dev.auditpolicy.policy.lint.rule.UnreachableRules;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds probable mistakes in a policy and in the settings of its backends. For policies that kube-apiserver loads: {@link
 * dev.auditpolicy.policy.read.PolicyReader} reports what kube-apiserver rejects.
 */
public final class Linter {

    private static final List<PolicyCheck> CHECKS = List.of(
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
     * @param log the log settings; null if there are none, or if they are not known
     * @return the most severe first; among equals, in the order of codes and then of paths
     */
    public static List<LintFinding> lint(Policy policy, @Nullable LogBackend log, LintContext context) {
        return lint(policy, log, null, context);
    }

    /**
     * Checks a policy.
     *
     * @param log the log settings; null if there are none, or if they are not known
     * @param webhook the webhook settings; null if there are none, or if they are not known
     * @return as above
     */
    public static List<LintFinding> lint(
            Policy policy, @Nullable LogBackend log, @Nullable WebhookBackend webhook, LintContext context) {
        var analyzed = AnalyzedPolicy.of(policy, log, webhook, context);
        return CHECKS.stream()
                .flatMap(check -> check.check(analyzed))
                .filter(finding -> !context.silenced().contains(finding.code()))
                .sorted(Comparator.comparing(LintFinding::severity).thenComparing(LintFinding::code))
                .toList();
    }
}
