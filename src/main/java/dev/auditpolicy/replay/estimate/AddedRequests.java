package dev.auditpolicy.replay.estimate;

import dev.auditpolicy.api.v1alpha1.Policy;
import java.util.HashMap;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would record, per second, of requests that the present one does not. The maximum leaves out rules that name
 * users or groups.
 *
 * @param bytesPerSecond of the events that would be added
 * @param requestsPerSecond of which these events would be, at most
 */
public record AddedRequests(Range bytesPerSecond, long requestsPerSecond) {

    /** Nothing is known of such requests. */
    public static final AddedRequests NONE = new AddedRequests(Range.NOTHING, 0);

    /**
     * Estimates by the requests that kube-apiserver has counted since its start.
     *
     * @param older the present policy; null if nothing is recorded now
     * @param logged the number of requests per second in the log, by verb and resource
     * @param seconds for which kube-apiserver has counted
     */
    public static AddedRequests of(
            RequestMetrics metrics,
            @Nullable Policy older,
            Policy newer,
            ToDoubleBiFunction<String, String> logged,
            long seconds) {
        var counts = new HashMap<Kind, Long>();
        metrics.requests().forEach(counted -> counts.merge(Kind.of(counted), counted.count(), Long::sum));
        var everybody = forEverybody(newer);
        Range bytes = Range.NOTHING;
        double requests = 0;
        for (CountedRequests counted : metrics.requests()) {
            RequestSize after = RequestSize.of(newer, counted);
            if (isAllLogged(older, counted)
                    || decidesAlike(older, newer, counted)
                    || after.events().max() == 0) {
                continue;
            }
            var kind = Kind.of(counted);
            double unlogged = kind.unlogged(counts.getOrDefault(kind, 0L), logged, seconds) * counted.count();
            long most = RequestSize.of(everybody, counted).bytes().max();
            bytes = bytes.plus(new Range(
                    Math.round(after.bytes().min() * unlogged),
                    Math.round(Math.max(after.bytes().min(), most) * unlogged)));
            requests += unlogged;
        }
        return new AddedRequests(bytes.scaled(1.0 / Math.max(1, seconds)), Math.round(requests / Math.max(1, seconds)));
    }

    private static boolean isAllLogged(@Nullable Policy older, CountedRequests counted) {
        return older != null && RequestSize.of(older, counted).events().min() > 0;
    }

    /**
     * The policy without the rules that name users or groups. The counters do not say of which user a request is, and a rule
     * for one user would otherwise count as if all requests were that user's.
     */
    private static Policy forEverybody(Policy policy) {
        return new Policy(
                policy.omitStages(),
                policy.omitManagedFields(),
                policy.rules().stream()
                        .filter(rule ->
                                rule.users().isEmpty() && rule.userGroups().isEmpty())
                        .toList());
    }

    /** Whether the same rules may decide, so that what was dropped still is. */
    private static boolean decidesAlike(@Nullable Policy older, Policy newer, CountedRequests counted) {
        return older != null
                && RequestSize.decidingRules(older, counted).equals(RequestSize.decidingRules(newer, counted))
                && older.omitStages().equals(newer.omitStages());
    }

    private record Kind(List<String> verbs, String label) {

        static Kind of(CountedRequests counted) {
            return new Kind(counted.verbs(), counted.label());
        }

        /** The share of the requests that are not in the log. */
        double unlogged(long count, ToDoubleBiFunction<String, String> logged, long seconds) {
            double inLog = seconds
                    * verbs.stream()
                            .mapToDouble(verb -> logged.applyAsDouble(verb, label))
                            .sum();
            return count == 0 ? 0 : Math.max(0, count - inLog) / count;
        }
    }
}
