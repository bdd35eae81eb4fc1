package dev.auditpolicy.report;

import dev.auditpolicy.policy.lint.finding.BenchmarkItem;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.report.item.ItemResult;
import dev.auditpolicy.report.item.NodeItems;
import dev.auditpolicy.report.item.Outcome;
import dev.auditpolicy.report.item.Verdict;
import dev.auditpolicy.report.proof.ClusterObjects;
import dev.auditpolicy.report.proof.ProofCheck;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an auditor asks about the audit logging of a cluster.
 *
 * @param asOf the time for which things are proven or not
 * @param newest the newest time in the resources
 * @param items of the benchmarks, in their order
 * @param nodes every known kube-apiserver
 * @param policies that nodes are proven to run
 */
public record EvidenceReport(
        Instant asOf,
        Optional<Instant> newest,
        ClusterObjects cluster,
        List<ItemResult> items,
        List<NodeEvidence> nodes,
        List<PolicyEvidence> policies,
        List<Gap> gaps,
        History history) {

    public EvidenceReport {
        items = List.copyOf(items);
        nodes = List.copyOf(nodes);
        policies = List.copyOf(policies);
        gaps = List.copyOf(gaps);
    }

    /** The report about a cluster at a time. */
    public static EvidenceReport of(ClusterObjects cluster, Set<Profile> profiles, Instant asOf) {
        var check = new ProofCheck(asOf);
        var nodes = cluster.nodes().stream()
                .map(node -> new NodeEvidence(node, check.of(node)))
                .toList();
        var missing = Completeness.missing(cluster);
        var gaps = Gaps.of(cluster.policy());
        return new EvidenceReport(
                asOf,
                Timestamps.newest(cluster),
                cluster,
                items(nodes, missing, profiles),
                nodes,
                PolicyEvidence.of(nodes),
                Stream.of(missing.stream(), ofPolicy(cluster), nodes.stream().flatMap(node -> gaps.of(node).stream()))
                        .flatMap(found -> found)
                        .toList(),
                History.of(cluster));
    }

    /** How many items have an outcome. */
    public long count(Outcome outcome) {
        return items.stream().filter(item -> item.outcome() == outcome).count();
    }

    /** Whether each item is met, apart from those whose evidence is elsewhere. */
    public boolean passes() {
        return count(Outcome.FAIL) == 0 && count(Outcome.NOT_PROVEN) == 0;
    }

    /** Whether nothing in the resources is recent enough to prove the present. */
    public boolean isStale() {
        return newest.isEmpty() || newest.get().plus(ProofCheck.VALIDITY).isBefore(asOf);
    }

    private static Stream<Gap> ofPolicy(ClusterObjects cluster) {
        return cluster.policy().filter(policy -> !policy.isObserved()).stream()
                .map(policy -> new Gap(
                        "AuditPolicy " + policy.name(),
                        "its controller has not seen generation " + policy.generation() + ", the present spec"));
    }

    private static List<ItemResult> items(List<NodeEvidence> nodes, List<Gap> missing, Set<Profile> profiles) {
        var benchmarks = EnumSet.copyOf(profiles);
        var others = missing.stream()
                .map(gap -> new ItemResult.Reason(Outcome.NOT_PROVEN, gap.subject() + ": " + gap.text(), List.of()))
                .toList();
        Map<String, NodeItems> byNode = new LinkedHashMap<>();
        nodes.forEach(node -> byNode.put(node.name(), new NodeItems(node.node(), node.state(), benchmarks)));
        return Arrays.stream(BenchmarkItem.values())
                .filter(item -> benchmarks.contains(item.profile()))
                .map(item -> item.provenElsewhere()
                        .map(where -> ItemResult.elsewhere(item, where))
                        .orElseGet(() -> ItemResult.of(item, verdicts(item, byNode), others)))
                .toList();
    }

    private static Map<String, Verdict> verdicts(BenchmarkItem item, Map<String, NodeItems> byNode) {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        byNode.forEach((name, node) -> verdicts.put(name, node.verdict(item)));
        return verdicts;
    }
}
