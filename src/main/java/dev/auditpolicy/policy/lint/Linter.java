package dev.auditpolicy.policy.lint;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.policy.lint.backend.FalselyTruncated;
import dev.auditpolicy.policy.lint.backend.LogBenchmarks;
import dev.auditpolicy.policy.lint.backend.LogRetention;
import dev.auditpolicy.policy.lint.backend.LostEvents;
import dev.auditpolicy.policy.lint.backend.LostWebhookEvents;
import dev.auditpolicy.policy.lint.backend.ShortDrain;
import dev.auditpolicy.policy.lint.backend.ShortRetention;
import dev.auditpolicy.policy.lint.backend.SmallLimits;
import dev.auditpolicy.policy.lint.backend.StrictMode;
import dev.auditpolicy.policy.lint.backend.WebhookAtStart;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.coverage.AuditChanges;
import dev.auditpolicy.policy.lint.coverage.BroadGroups;
import dev.auditpolicy.policy.lint.coverage.CommandLines;
import dev.auditpolicy.policy.lint.coverage.DroppedRequests;
import dev.auditpolicy.policy.lint.coverage.FailedAuthentication;
import dev.auditpolicy.policy.lint.coverage.FewerBodies;
import dev.auditpolicy.policy.lint.coverage.HiddenDeletions;
import dev.auditpolicy.policy.lint.coverage.KeyConcerns;
import dev.auditpolicy.policy.lint.coverage.NoCatchAll;
import dev.auditpolicy.policy.lint.coverage.NotEverything;
import dev.auditpolicy.policy.lint.coverage.NothingRecorded;
import dev.auditpolicy.policy.lint.coverage.OmittedOutcome;
import dev.auditpolicy.policy.lint.coverage.RightsWithoutBodies;
import dev.auditpolicy.policy.lint.coverage.SensitiveBodies;
import dev.auditpolicy.policy.lint.coverage.UnseenLogAccess;
import dev.auditpolicy.policy.lint.coverage.VerbGaps;
import dev.auditpolicy.policy.lint.finding.FindingCode;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
            VerbGaps.SESSIONS,
            VerbGaps.SECRETS,
            new AuditChanges(),
            new OmittedOutcome(),
            new HiddenDeletions(),
            new BroadGroups(),
            new CommandLines(),
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
            new WebhookAtStart(),
            new FalselyTruncated(),
            new ShortDrain(),
            new StrictMode(),
            new LogBenchmarks(),
            KeyConcerns.CIS,
            new NotEverything(),
            new FewerBodies(),
            KeyConcerns.SECRETS,
            KeyConcerns.CREDENTIALS,
            new RightsWithoutBodies(),
            KeyConcerns.SYSTEM_OBJECTS,
            KeyConcerns.LOG_ACCESS,
            new UnseenLogAccess(),
            new DroppedRequests(),
            new ShortRetention());

    /** A value matches nothing as it is written. */
    private static final Set<FindingCode> VALUE_FAULTS = EnumSet.of(
            FindingCode.NO_WILDCARD,
            FindingCode.UPPER_CASE,
            FindingCode.WRONG_API_GROUP,
            FindingCode.UNKNOWN_RESOURCE,
            FindingCode.WRONG_RESOURCE_PATTERN,
            FindingCode.INVALID_NAMESPACE,
            FindingCode.LOOK_ALIKE,
            FindingCode.PLACEHOLDER);

    /** What a value matches: of one that matches nothing, this would contradict that. */
    private static final Set<FindingCode> ABOUT_MATCHES = EnumSet.of(
            FindingCode.REDUNDANT_VALUE,
            FindingCode.CLUSTER_SCOPED,
            FindingCode.NAMESPACED,
            FindingCode.SUBRESOURCES_AND_PARENT,
            FindingCode.NO_SUCH_RESOURCE,
            FindingCode.NO_SUCH_NAMESPACE,
            FindingCode.NO_SUCH_VERB);

    private Linter() {}

    /**
     * Checks a policy.
     *
     * @param log the log settings; null if there are none, or if they are not known
     * @return the most severe first; among equals, in the order of codes and then of paths
     */
    public static List<LintFinding> lint(Policy policy, @Nullable LogBackend log, LintContext context) {
        return lint(policy, log, null, null, context);
    }

    /**
     * Checks a policy.
     *
     * @param log the log settings; null if there are none, or if they are not known
     * @param webhook the webhook settings; null if there are none, or if they are not known
     * @param drainSeconds of the rollout; null if not known
     * @return as above
     */
    public static List<LintFinding> lint(
            Policy policy,
            @Nullable LogBackend log,
            @Nullable WebhookBackend webhook,
            @Nullable Integer drainSeconds,
            LintContext context) {
        var analyzed = AnalyzedPolicy.of(policy, log, webhook, drainSeconds, context);
        List<LintFinding> findings =
                CHECKS.stream().flatMap(check -> check.check(analyzed)).toList();
        Set<String> faulty = findings.stream()
                .filter(finding -> VALUE_FAULTS.contains(finding.code()))
                .map(LintFinding::path)
                .collect(Collectors.toSet());
        return findings.stream()
                .filter(finding -> !ABOUT_MATCHES.contains(finding.code()) || !faulty.contains(finding.path()))
                .filter(finding -> !context.silenced().contains(finding.code()))
                .map(finding -> finding.about(context.profiles()))
                .sorted(Comparator.comparing(LintFinding::severity).thenComparing(LintFinding::code))
                .toList();
    }
}
