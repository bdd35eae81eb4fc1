package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import java.util.List;

/** Compares what rules record. */
final class Outcomes {

    private Outcomes() {}

    /** Whether all these rules record the same. */
    static boolean same(AnalyzedPolicy analyzed, int rule, List<Integer> others) {
        return others.stream().allMatch(other -> same(analyzed, rule, other));
    }

    private static boolean same(AnalyzedPolicy analyzed, int one, int other) {
        return analyzed.level(one) == analyzed.level(other)
                && (analyzed.level(one) == Level.NONE
                        || (analyzed.omitted(one).equals(analyzed.omitted(other))
                                && omitsManagedFields(analyzed, one) == omitsManagedFields(analyzed, other)));
    }

    private static boolean omitsManagedFields(AnalyzedPolicy analyzed, int rule) {
        Boolean own = analyzed.rule(rule).omitManagedFields();
        return Boolean.TRUE.equals(own != null ? own : analyzed.policy().omitManagedFields());
    }
}
