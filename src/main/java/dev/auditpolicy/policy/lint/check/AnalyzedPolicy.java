package dev.auditpolicy.policy.lint.check;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.policy.evaluate.PolicyEvaluator;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.requests.RequestSpace;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.value.RuleValueChecks;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policy and the backend settings to check, with the analyses that several checks share.
 *
 * @param log null if there are no log settings to check
 * @param webhook null if there are no webhook settings to check
 * @param drainSeconds of the rollout; null if not known
 * @param asWritten the requests of each rule as it is written
 * @param effective the requests of each rule without values that match nothing that exists
 * @param nonComponentRequests the requests that do not come from Kubernetes' own components
 */
public record AnalyzedPolicy(
        Policy policy,
        @Nullable LogBackend log,
        @Nullable WebhookBackend webhook,
        @Nullable Integer drainSeconds,
        LintContext context,
        RequestSpace asWritten,
        RequestSpace effective,
        PolicyEvaluator evaluator,
        Requests nonComponentRequests) {

    public static AnalyzedPolicy of(
            Policy policy,
            @Nullable LogBackend log,
            @Nullable WebhookBackend webhook,
            @Nullable Integer drainSeconds,
            LintContext context) {
        return new AnalyzedPolicy(
                policy,
                log,
                webhook,
                drainSeconds,
                context,
                RequestSpace.of(policy),
                RequestSpace.ofSome(policy.rules().stream()
                        .map(rule -> new RuleValueChecks(rule, context).effective())
                        .toList()),
                new PolicyEvaluator(policy),
                Callers.nonComponentRequests(policy));
    }

    /** The indexes of all rules. */
    public IntStream rules() {
        return IntStream.range(0, policy.rules().size());
    }

    public PolicyRule rule(int index) {
        return policy.rules().get(index);
    }

    public Level level(int rule) {
        return rule(rule).level();
    }

    /** The stages that a rule omits, including those that the policy omits. */
    public Set<Stage> omitted(int rule) {
        EnumSet<Stage> stages = EnumSet.noneOf(Stage.class);
        stages.addAll(policy.omitStages());
        stages.addAll(rule(rule).omitStages());
        return stages;
    }

    /** Whether ordinary requests that reach a rule leave any event. */
    public boolean records(int rule) {
        return level(rule) != Level.NONE
                && !omitted(rule).containsAll(List.of(Stage.REQUEST_RECEIVED, Stage.RESPONSE_COMPLETE));
    }

    /** Whether a rule records the bodies of requests that have some: only ResponseComplete events contain them. */
    public boolean recordsBodies(int rule) {
        return level(rule).compareTo(Level.REQUEST) >= 0 && !omitted(rule).contains(Stage.RESPONSE_COMPLETE);
    }

    /** Whether the rule is the first to match any of the requests, authenticated or not. */
    public boolean decides(int rule, Requests requests) {
        return Stream.of(Callers.AUTHENTICATED, Callers.UNAUTHENTICATED)
                .flatMap(callers ->
                        effective.decidedBy(rule, requests.and(callers)).limit(1))
                .findFirst()
                .isPresent();
    }

    /** Whether some of the requests, authenticated or not, match no rule. */
    public boolean leavesUnmatched(Requests requests) {
        return Stream.of(Callers.AUTHENTICATED, Callers.UNAUTHENTICATED)
                .flatMap(callers ->
                        effective.decidedByNone(requests.and(callers)).limit(1))
                .findFirst()
                .isPresent();
    }
}
