package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.requests.RequestSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what to do about a rule, or a value of it, that earlier rules cover: move the rule before them, unless it would then
 * cover them in turn.
 */
final class MovedRule {

    /** Of longer policies, each such question takes too long: their findings suggest removal only. */
    private static final int MAX_RULES = 64;

    private MovedRule() {}

    static String fix(AnalyzedPolicy analyzed, int rule, List<Integer> covering, String removal) {
        return helps(analyzed, rule, covering)
                ? "move this rule before " + RulePaths.rule(covering.getFirst()) + ", or " + removal
                : removal;
    }

    private static boolean helps(AnalyzedPolicy analyzed, int rule, List<Integer> covering) {
        Policy policy = analyzed.policy();
        if (policy.rules().size() > MAX_RULES) {
            return false;
        }
        List<PolicyRule> rules = new ArrayList<>(policy.rules());
        rules.add(covering.getFirst(), rules.remove(rule));
        var space = RequestSpace.of(new Policy(policy.omitStages(), policy.omitManagedFields(), rules));
        return covering.stream()
                .map(earlier -> earlier + 1)
                .allMatch(earlier -> isReached(space, earlier, rules.get(earlier)));
    }

    /** Whether requests reach the rule by each of its values. */
    private static boolean isReached(RequestSpace space, int index, PolicyRule rule) {
        return space.covering(index, rule).isEmpty()
                && ShadowedValues.parts(index, rule)
                        .allMatch(part -> space.covering(index, part.narrower()).isEmpty());
    }
}
