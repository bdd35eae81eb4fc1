package dev.auditpolicy.policy.lint.requests;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The difference of sets of requests, part by part. The search is depth-first, so it finds the first
 * part without computing the rest.
 */
final class Remainder implements Iterator<Requests> {

    /** A set of requests that a rule matches. */
    record Owned(int rule, Requests requests) {}

    private record Pending(Requests requests, int next) {}

    private final Deque<Pending> pending = new ArrayDeque<>();
    private final List<Owned> others;
    private final ComparisonBudget budget;
    private final Set<Integer> subtractedRules = new TreeSet<>();
    private @Nullable Requests found;
    private boolean exhausted;

    Remainder(Collection<Requests> requests, List<Owned> others, ComparisonBudget budget) {
        this.others = others;
        this.budget = budget;
        requests.stream().filter(set -> !set.isEmpty()).forEach(set -> pending.addLast(new Pending(set, 0)));
    }

    @Override
    public boolean hasNext() {
        while (found == null && !pending.isEmpty() && !exhausted) {
            advance(pending.pop());
        }
        return found != null;
    }

    @Override
    public Requests next() {
        var next = hasNext() ? found : null;
        if (next == null) {
            throw new NoSuchElementException();
        }
        found = null;
        return next;
    }

    private void advance(Pending current) {
        for (int i = current.next(); i < others.size(); i++) {
            if (!budget.take()) {
                exhausted = true;
                return;
            }
            Owned other = others.get(i);
            if (current.requests().overlaps(other.requests())) {
                subtractedRules.add(other.rule());
                List<Requests> parts = current.requests().without(other.requests());
                for (var part : parts.reversed()) {
                    pending.push(new Pending(part, i + 1));
                }
                return;
            }
        }
        found = current.requests();
    }

    /** Whether it is certain that nothing is left: the search is complete and found no part. */
    boolean isProvenEmpty() {
        return !hasNext() && !exhausted;
    }

    /** The rules whose requests were subtracted so far. */
    Set<Integer> subtractedRules() {
        return subtractedRules;
    }
}
