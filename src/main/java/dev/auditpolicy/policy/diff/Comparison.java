package dev.auditpolicy.policy.diff;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.lint.example.PossibleRequests;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Memberships;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Intersects the requests that each rule of one policy decides with those of each rule of the other policy. */
final class Comparison {

    /** kube-apiserver adds every user to one of the two groups. */
    private static final Requests AUTHENTICATED = Requests.ALL
            .where(Attribute.USER, Values.allBut(List.of(Requests.NOBODY)))
            .where(
                    Attribute.USER_GROUPS,
                    Memberships.inOneOf(List.of("system:authenticated", "system:unauthenticated")));

    private static final Requests UNAUTHENTICATED = Requests.ALL.where(Attribute.USER, Values.of(Requests.NOBODY));

    private final ComparedPolicy older;
    private final ComparedPolicy newer;
    private final Map<Pair, Difference> found =
            new TreeMap<>(Comparator.comparingInt(Pair::older).thenComparingInt(Pair::newer));

    private record Pair(int older, int newer) {}

    Comparison(Policy older, Policy newer) {
        this.older = ComparedPolicy.of(older);
        this.newer = ComparedPolicy.of(newer);
    }

    PolicyDiff run() {
        older.decisions().forEach(decision -> compare(decision, AUTHENTICATED, Outcome::of));
        older.decisions().forEach(decision -> compare(decision, UNAUTHENTICATED, Outcome::ofFailedAuthentication));
        return new PolicyDiff(
                List.copyOf(found.values()),
                !older.space().isGivenUp() && !newer.space().isGivenUp());
    }

    private void compare(int decision, Requests possible, Function<Evaluation, Outcome> outcome) {
        List<Pair> unresolved = unresolved(decision, outcome);
        Iterator<Requests> parts = older.decided(decision, possible).iterator();
        while (!unresolved.isEmpty() && parts.hasNext()) {
            Requests part = parts.next();
            for (Pair pair : unresolved) {
                newer.decided(pair.newer(), part)
                        .flatMap(common -> PossibleRequests.in(common).stream())
                        .findFirst()
                        .ifPresent(request -> found.put(
                                pair, new Difference(older.evaluate(request), newer.evaluate(request), request)));
            }
            unresolved = unresolved(decision, outcome);
        }
    }

    /** The decisions of the newer policy that differ from this one and have no example yet. */
    private List<Pair> unresolved(int decision, Function<Evaluation, Outcome> outcome) {
        Outcome before = outcome.apply(older.evaluation(decision));
        return newer.decisions()
                .filter(other -> !outcome.apply(newer.evaluation(other)).equals(before))
                .mapToObj(other -> new Pair(decision, other))
                .filter(pair -> !found.containsKey(pair))
                .toList();
    }
}
