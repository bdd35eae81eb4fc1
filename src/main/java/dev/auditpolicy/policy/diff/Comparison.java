package dev.auditpolicy.policy.diff;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Memberships;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Intersects the requests that each rule of one policy decides with those of each rule of the other policy. */
final class Comparison {

    /** kube-apiserver adds every user to one of the two groups. */
    private static final List<Requests> POSSIBLE = List.of(
            Requests.ALL
                    .where(Attribute.USER, Values.allBut(List.of(Requests.NOBODY)))
                    .where(
                            Attribute.USER_GROUPS,
                            Memberships.inOneOf(List.of("system:authenticated", "system:unauthenticated"))),
            Requests.ALL.where(Attribute.USER, Values.of(Requests.NOBODY)));

    private static final Set<String> VERBS_WITHOUT_NAME = Set.of("create", "list", "watch", "deletecollection");

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
        for (Requests possible : POSSIBLE) {
            older.decisions().forEach(decision -> compare(decision, possible));
        }
        return new PolicyDiff(
                List.copyOf(found.values()),
                !older.space().isGivenUp() && !newer.space().isGivenUp());
    }

    private void compare(int decision, Requests possible) {
        List<Pair> unresolved = unresolved(decision);
        Iterator<Requests> parts = older.decided(decision, possible).iterator();
        while (!unresolved.isEmpty() && parts.hasNext()) {
            Requests part = parts.next();
            for (Pair pair : unresolved) {
                Optional<Requests> common = newer.decided(pair.newer(), part).findFirst();
                common.ifPresent(requests -> found.put(pair, difference(requests.example())));
            }
            unresolved = unresolved(decision);
        }
    }

    /** The decisions of the newer policy that differ from this one and have no example yet. */
    private List<Pair> unresolved(int decision) {
        Outcome before = Outcome.of(older.evaluation(decision));
        return newer.decisions()
                .filter(other -> !Outcome.of(newer.evaluation(other)).equals(before))
                .mapToObj(other -> new Pair(decision, other))
                .filter(pair -> !found.containsKey(pair))
                .toList();
    }

    private Difference difference(RequestAttributes request) {
        RequestAttributes unnamed = withoutName(request);
        boolean sameDecision = older.evaluate(unnamed).equals(older.evaluate(request))
                && newer.evaluate(unnamed).equals(newer.evaluate(request));
        RequestAttributes example = sameDecision ? unnamed : request;
        return new Difference(older.evaluate(example), newer.evaluate(example), example);
    }

    /** Without a name, for verbs whose requests usually have none. */
    private static RequestAttributes withoutName(RequestAttributes request) {
        return VERBS_WITHOUT_NAME.contains(request.verb())
                ? new RequestAttributes(
                        request.user(),
                        request.groups(),
                        request.verb(),
                        request.namespace(),
                        request.apiGroup(),
                        request.apiVersion(),
                        request.resource(),
                        request.subresource(),
                        "",
                        request.path(),
                        request.isResourceRequest())
                : request;
    }
}
