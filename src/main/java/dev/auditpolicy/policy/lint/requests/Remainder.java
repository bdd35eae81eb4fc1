package dev.auditpolicy.policy.lint.requests;

import org.jspecify.annotations.Nullable;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is left of sets of requests without those of others, part by part. Goes into the depth, so that the first part is
 * found without working out all of them.
 */
final class Remainder implements Iterator<Requests> {

    /** A set that belongs to a rule. */
    record Owned(int rule, Requests requests) {}

    private record Pending(Requests requests, int next) {}

    private final Deque<Pending> pending = new ArrayDeque<>();
    private final List<Owned> others;
    private final ComparisonBudget budget;
    private final Set<Integer> takenByRules = new TreeSet<>();
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
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Requests next = found;
        found = null;
        return next;
    }

    private void advance(Pending one) {
        for (int i = one.next(); i < others.size(); i++) {
            if (!budget.take()) {
                exhausted = true;
                return;
            }
            Owned other = others.get(i);
            if (one.requests().overlaps(other.requests())) {
                takenByRules.add(other.rule());
                List<Requests> parts = one.requests().without(other.requests());
                for (Requests part : parts.reversed()) {
                    pending.push(new Pending(part, i + 1));
                }
                return;
            }
        }
        found = one.requests();
    }

    /** Whether it is sure that nothing is left: the work was finished and no part was found. */
    boolean isNothing() {
        return !hasNext() && !exhausted;
    }

    /** The rules whose requests were taken away so far. */
    Set<Integer> takenByRules() {
        return takenByRules;
    }
}
