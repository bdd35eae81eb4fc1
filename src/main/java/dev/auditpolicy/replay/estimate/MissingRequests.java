package dev.auditpolicy.replay.estimate;

import dev.auditpolicy.api.v1alpha1.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongBiFunction;

/**
 * Requests that kube-apiserver counted and that the log does not have, and what a policy would record of them.
 *
 * @param seconds for which kube-apiserver counted; 0 if it is not known, and then it is taken for the time of the log
 * @param rows the largest first
 */
public record MissingRequests(long seconds, List<Row> rows) {

    public MissingRequests {
        rows = List.copyOf(rows);
    }

    /**
     * Requests with the same verb for the same resource.
     *
     * @param counted by kube-apiserver
     * @param logged in the log, scaled to the same time
     */
    public record Row(String request, long counted, long logged, Range events, Range bytes) {}

    /** Requests of the log with a verb for a resource. */
    public interface LoggedRequests extends ToLongBiFunction<String, String> {}

    private record Kind(List<String> verbs, String label) {}

    private record Sum(long counted, Range events, Range bytes) {

        Sum plus(Sum other) {
            return new Sum(counted + other.counted, events.plus(other.events), bytes.plus(other.bytes));
        }
    }

    /**
     * Compares what was counted with a log of the same kube-apiserver.
     *
     * @param lastSecond of the log, which is taken for the time of the metrics
     * @param logSeconds from its first to its last event
     */
    public static MissingRequests of(
            RequestMetrics metrics, Policy policy, LoggedRequests logged, long lastSecond, long logSeconds) {
        long seconds = metrics.startSecond().isPresent()
                ? Math.max(0, lastSecond - metrics.startSecond().getAsLong())
                : 0;
        double scale = seconds == 0 || logSeconds == 0 ? 1 : (double) seconds / logSeconds;
        var sums = new LinkedHashMap<Kind, Sum>();
        for (CountedRequests requests : metrics.requests()) {
            RequestSize size = RequestSize.of(policy, requests);
            sums.merge(
                    new Kind(requests.verbs(), requests.label()),
                    new Sum(
                            requests.count(),
                            size.events().times(requests.count()),
                            size.bytes().times(requests.count())),
                    Sum::plus);
        }
        var rows = new ArrayList<Row>();
        for (Map.Entry<Kind, Sum> entry : sums.entrySet()) {
            Kind kind = entry.getKey();
            long inLog = Math.round(scale
                    * kind.verbs().stream()
                            .mapToLong(verb -> logged.applyAsLong(verb, kind.label()))
                            .sum());
            add(rows, String.join("/", kind.verbs()) + " " + kind.label(), entry.getValue(), inLog);
        }
        rows.sort(Comparator.comparingLong((Row row) -> row.bytes().max())
                .reversed()
                .thenComparing(Row::request));
        return new MissingRequests(seconds, rows);
    }

    private static void add(List<Row> rows, String request, Sum sum, long inLog) {
        if (sum.counted() > inLog) {
            double share = (double) (sum.counted() - inLog) / sum.counted();
            rows.add(new Row(
                    request,
                    sum.counted(),
                    inLog,
                    sum.events().scaled(share),
                    sum.bytes().scaled(share)));
        }
    }

    /** How many requests are not in the log. */
    public long requests() {
        return rows.stream().mapToLong(row -> row.counted() - row.logged()).sum();
    }

    /** What the policy would record of all of them. */
    public Range events() {
        return rows.stream().map(Row::events).reduce(Range.NOTHING, Range::plus);
    }

    /** The bytes of these events. */
    public Range bytes() {
        return rows.stream().map(Row::bytes).reduce(Range.NOTHING, Range::plus);
    }
}
