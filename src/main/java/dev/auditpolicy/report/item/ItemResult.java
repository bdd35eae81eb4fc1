package dev.auditpolicy.report.item;

import dev.auditpolicy.policy.lint.finding.BenchmarkItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outcome of an item for the whole cluster.
 *
 * @param reasons the worst first; nodes with the same reason are together
 */
public record ItemResult(BenchmarkItem item, List<Reason> reasons) {

    /**
     * Why nodes have an outcome.
     *
     * @param nodes their names; empty if it is not about nodes
     */
    public record Reason(Outcome outcome, String text, List<String> nodes) {
        public Reason {
            nodes = List.copyOf(nodes);
        }
    }

    public ItemResult {
        reasons = List.copyOf(reasons);
    }

    /** The item has the worst outcome of its nodes. Without a node, nothing is proven. */
    public Outcome outcome() {
        return reasons.stream()
                .map(Reason::outcome)
                .max(Comparator.naturalOrder())
                .orElse(Outcome.NOT_PROVEN);
    }

    /** The result of an item for which the resources have no evidence. */
    public static ItemResult elsewhere(BenchmarkItem item, String where) {
        return new ItemResult(
                item,
                List.of(new Reason(
                        Outcome.CANNOT_BE_CHECKED, "the resources do not show it. Evidence: " + where, List.of())));
    }

    /**
     * The result of what was found on each node.
     *
     * @param others what is not about one of these nodes
     */
    public static ItemResult of(BenchmarkItem item, Map<String, Verdict> nodes, List<Reason> others) {
        var byVerdict = new LinkedHashMap<Verdict, List<String>>();
        nodes.forEach((node, verdict) ->
                byVerdict.computeIfAbsent(verdict, _ -> new ArrayList<>()).add(node));
        var reasons = new ArrayList<Reason>();
        byVerdict.forEach((verdict, names) -> reasons.add(new Reason(verdict.outcome(), verdict.reason(), names)));
        reasons.addAll(others);
        reasons.sort(Comparator.comparing(Reason::outcome).reversed());
        return new ItemResult(item, reasons);
    }
}
