package dev.auditpolicy.policy.lint.requests;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.requests.Remainder.Owned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * All requests, divided among the rules of a policy: each request belongs to the first rule that matches it.
 *
 * <p>The answers are exact, with one exception: for a policy so complex that the search would take too long, the
 * search stops early and misses the rest. A request that is found is real, and a rule that is reported as covered is.
 */
public final class RequestSpace {

    /** Takes seconds on one core. The largest policy in the tests needs a hundredth of it. */
    private static final long COMPARISONS = 2_000_000;

    private final List<List<Requests>> rules;
    private final List<Owned> owned = new ArrayList<>();
    private final int[] firstOf;
    private final ComparisonBudget budget;

    private RequestSpace(List<List<Requests>> rules, long comparisons) {
        this.rules = rules;
        budget = new ComparisonBudget(comparisons);
        firstOf = new int[rules.size() + 1];
        for (int rule = 0; rule < rules.size(); rule++) {
            for (var set : rules.get(rule)) {
                owned.add(new Owned(rule, set));
            }
            firstOf[rule + 1] = owned.size();
        }
    }

    /** The space of a policy. */
    public static RequestSpace of(Policy policy) {
        return of(policy, COMPARISONS);
    }

    /** The space of a policy, with a limit on comparisons. */
    static RequestSpace of(Policy policy, long comparisons) {
        return new RequestSpace(policy.rules().stream().map(RuleRequests::of).toList(), comparisons);
    }

    /** The space of these rules, in their order; an absent one matches nothing. */
    public static RequestSpace ofSome(List<Optional<PolicyRule>> rules) {
        return new RequestSpace(
                rules.stream()
                        .map(rule -> rule.map(RuleRequests::of).orElse(List.of()))
                        .toList(),
                COMPARISONS);
    }

    /** The subset of the requests that a rule is the first to match, in parts. */
    public Stream<Requests> decidedBy(int rule, Requests within) {
        List<Requests> matched = rules.get(rule).stream()
                .filter(set -> set.overlaps(within))
                .map(set -> set.and(within))
                .toList();
        return stream(remainder(matched, 0, rule));
    }

    /** The subset of the requests that no rule matches, in parts. */
    public Stream<Requests> decidedByNone(Requests within) {
        return stream(remainder(List.of(within), 0, rules.size()));
    }

    /** Whether the search stopped early, so that answers can be incomplete. */
    public boolean isGivenUp() {
        return budget.isSpent();
    }

    /**
     * The rules before this one that together match every request of a narrower form of this rule. A single rule is
     * preferred.
     *
     * @param narrower the rule itself, or the rule with fewer values
     * @return in their order; empty if a request reaches this rule, or if it matches nothing
     */
    public List<Integer> covering(int rule, PolicyRule narrower) {
        if (budget.isSpent()) {
            return List.of();
        }
        List<Requests> matched = RuleRequests.of(narrower);
        Remainder remainder = remainder(matched, 0, rule);
        if (!remainder.isProvenEmpty() || matched.stream().allMatch(Requests::isEmpty)) {
            return List.of();
        }
        return remainder.subtractedRules().stream()
                .filter(earlier -> remainder(matched, earlier, earlier + 1).isProvenEmpty())
                .map(List::of)
                .findFirst()
                .orElseGet(() -> List.copyOf(remainder.subtractedRules()));
    }

    private Remainder remainder(List<Requests> requests, int from, int to) {
        return new Remainder(requests, owned.subList(firstOf[from], firstOf[to]), budget);
    }

    private static Stream<Requests> stream(Remainder remainder) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(remainder, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }
}
