package dev.auditpolicy.replay.tune;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.replay.tune.candidate.Candidate;
import dev.auditpolicy.replay.tune.candidate.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A policy with changes.
 *
 * @param policy the changed policy
 * @param rules where each of its rules comes from
 */
public record TunedPolicy(Policy policy, List<Rule> rules) {

    /** A rule that has this origin is proposed: it is new, or has another level. */
    public static final int PROPOSED = -1;

    /**
     * A rule of the changed policy.
     *
     * @param base the index of the rule in the original policy; of a new rule, that of the one after it
     * @param change why it is new or has another level; empty for a rule as before
     * @param replaces whether it is a rule of the original policy with another level
     */
    public record Rule(int base, Optional<Candidate> change, boolean replaces) {

        /** The index in the original policy, or {@link #PROPOSED}. */
        int origin() {
            return change.isEmpty() ? base : PROPOSED;
        }
    }

    public TunedPolicy {
        rules = List.copyOf(rules);
    }

    /**
     * Changes a policy. New rules stand directly before the rule that decides their requests now, so that they change no
     * others; those that take more stand before the others, because each has been measured alone.
     */
    public static TunedPolicy of(Policy original, List<Candidate> changes) {
        var written = new ArrayList<PolicyRule>();
        var rules = new ArrayList<Rule>();
        for (int index = 0; index < original.rules().size(); index++) {
            int base = index;
            PolicyRule decider = original.rules().get(base);
            Optional<Candidate> replacement = changes.stream()
                    .filter(change -> change.base() == base && isWhole(decider, change.requiredRule()))
                    .min(Comparator.comparing(TunedPolicy::level));
            changes.stream()
                    .filter(change -> change.base() == base && !isWhole(decider, change.requiredRule()))
                    .filter(change -> replacement.isEmpty() || level(change).compareTo(level(replacement.get())) < 0)
                    .sorted(Comparator.comparing(TunedPolicy::level).thenComparing(Candidate::step))
                    .forEach(change -> {
                        written.add(change.requiredRule());
                        rules.add(new Rule(base, Optional.of(change), false));
                    });
            written.add(
                    replacement.map(change -> withLevel(decider, level(change))).orElse(decider));
            rules.add(new Rule(base, replacement, replacement.isPresent()));
        }
        return new TunedPolicy(
                new Policy(
                        has(changes, Step.ARRIVALS)
                                ? plus(original.omitStages(), Stage.REQUEST_RECEIVED)
                                : original.omitStages(),
                        has(changes, Step.MANAGED_FIELDS) ? Boolean.TRUE : original.omitManagedFields(),
                        written),
                rules);
    }

    private static boolean has(List<Candidate> changes, Step step) {
        return changes.stream().anyMatch(change -> change.step() == step);
    }

    private static List<Stage> plus(List<Stage> stages, Stage stage) {
        var all = new ArrayList<>(stages);
        all.add(stage);
        return List.copyOf(all);
    }

    private static Level level(Candidate change) {
        return change.requiredRule().level();
    }

    /** Whether a new rule would leave nothing for the rule after it. */
    private static boolean isWhole(PolicyRule decider, PolicyRule rule) {
        return Set.copyOf(decider.users()).equals(Set.copyOf(rule.users()))
                && Set.copyOf(decider.userGroups()).equals(Set.copyOf(rule.userGroups()))
                && Set.copyOf(decider.verbs()).equals(Set.copyOf(rule.verbs()))
                && entries(decider).equals(entries(rule))
                && Set.copyOf(decider.namespaces()).equals(Set.copyOf(rule.namespaces()))
                && Set.copyOf(decider.nonResourceURLs()).equals(Set.copyOf(rule.nonResourceURLs()));
    }

    /** In whichever order they are written. */
    private static Set<List<Object>> entries(PolicyRule rule) {
        return rule.resources().stream()
                .flatMap(entry -> (entry.resources().isEmpty() ? List.of("") : entry.resources())
                        .stream()
                                .map(resource -> List.<Object>of(
                                        entry.group() == null ? "" : entry.group(),
                                        resource,
                                        Set.copyOf(entry.resourceNames()))))
                .collect(Collectors.toSet());
    }

    private static PolicyRule withLevel(PolicyRule rule, Level level) {
        return new PolicyRule(
                level,
                rule.users(),
                rule.userGroups(),
                rule.verbs(),
                rule.resources(),
                rule.namespaces(),
                rule.nonResourceURLs(),
                rule.omitStages(),
                rule.omitManagedFields());
    }
}
