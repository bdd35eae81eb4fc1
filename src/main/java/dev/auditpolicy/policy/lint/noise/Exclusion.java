package dev.auditpolicy.policy.lint.noise;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.fix.NarrowedRule;
import java.util.List;

/**
 * What to record less of.
 *
 * @param verbs empty for those of the rule
 */
public record Exclusion(Level level, List<String> verbs, List<NarrowedRule.Target> targets, List<String> paths) {

    static Exclusion ofResources(List<String> verbs, NarrowedRule.Target... targets) {
        return new Exclusion(Level.NONE, verbs, List.of(targets), List.of());
    }

    static Exclusion ofPaths(String... paths) {
        return new Exclusion(Level.NONE, List.of(), List.of(), List.of(paths));
    }

    /** At Metadata, such a request leaves the same event as at a level with bodies: it has none. */
    static Exclusion ofVerb(String verb) {
        return new Exclusion(Level.METADATA, List.of(verb), List.of(), List.of());
    }

    /** The rule to add before another one. */
    PolicyRule from(NarrowedRule rule) {
        if (!paths.isEmpty()) {
            return rule.onPaths(level, verbs, paths);
        }
        return targets.isEmpty() ? rule.onVerbs(level, verbs) : rule.onResources(level, verbs, targets);
    }
}
