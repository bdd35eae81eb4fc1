package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.policy.lint.check.Subject;
import java.util.List;

/** Compares what rules do with the requests that they decide. */
final class Outcomes {

    private Outcomes() {}

    /** Whether it makes no difference which of the rules decides. */
    static boolean same(Subject subject, int rule, List<Integer> others) {
        return others.stream().allMatch(other -> same(subject, rule, other));
    }

    private static boolean same(Subject subject, int one, int other) {
        return subject.level(one) == subject.level(other)
                && (subject.level(one) == Level.NONE
                        || (subject.omitted(one).equals(subject.omitted(other))
                                && omitsManagedFields(subject, one) == omitsManagedFields(subject, other)));
    }

    private static boolean omitsManagedFields(Subject subject, int rule) {
        Boolean own = subject.rule(rule).omitManagedFields();
        return Boolean.TRUE.equals(own != null ? own : subject.policy().omitManagedFields());
    }
}
