package dev.auditpolicy.report;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.RunningRevision;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.report.proof.AuditNodeObject;
import dev.auditpolicy.report.proof.AuditPolicyObject;
import dev.auditpolicy.report.proof.ClusterObjects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The past, as far as resources hold it.
 *
 * @param revisions each that is named
 * @param entries in the order of time
 */
public record History(List<RevisionUse> revisions, List<HistoryEntry> entries) {

    public History {
        revisions = List.copyOf(revisions);
        entries = List.copyOf(entries);
    }

    static History of(ClusterObjects cluster) {
        var entries = new ArrayList<HistoryEntry>();
        cluster.policy().ifPresent(policy -> addPolicy(policy, entries));
        cluster.nodes().forEach(node -> addNode(node, entries));
        entries.sort(Comparator.comparing(HistoryEntry::time).thenComparing(HistoryEntry::subject));
        return new History(revisions(cluster), entries);
    }

    private static List<RevisionUse> revisions(ClusterObjects cluster) {
        var uses = new LinkedHashMap<String, List<String>>();
        cluster.policy().ifPresent(policy -> {
            add(uses, policy.revision(), "desired by the AuditPolicy");
            add(
                    uses,
                    policy.status().map(AuditPolicyStatus::committedRevision),
                    "last proven on every control-plane node");
        });
        addNodes(uses, cluster, "desired on ", node -> node.spec().map(AuditNodeSpec::revision));
        addNodes(uses, cluster, "was running, as last proven, on ", node -> node.status()
                .map(AuditNodeStatus::running)
                .map(RunningRevision::revision));
        return uses.entrySet().stream()
                .map(use -> new RevisionUse(use.getKey(), use.getValue()))
                .toList();
    }

    private static void addNodes(
            Map<String, List<String>> uses,
            ClusterObjects cluster,
            String use,
            Function<AuditNodeObject, Optional<String>> revision) {
        var nodes = new LinkedHashMap<String, List<String>>();
        cluster.nodes().forEach(node -> add(nodes, revision.apply(node), node.name()));
        nodes.forEach((name, names) -> add(uses, Optional.of(name), use + Phrases.list(names)));
    }

    private static void add(Map<String, List<String>> uses, Optional<String> revision, String use) {
        revision.ifPresent(
                name -> uses.computeIfAbsent(name, _ -> new ArrayList<>()).add(use));
    }

    private static void addPolicy(AuditPolicyObject policy, List<HistoryEntry> entries) {
        var subject = "AuditPolicy " + policy.name();
        policy.createdAt()
                .ifPresent(time -> entries.add(new HistoryEntry(time, subject, Optional.empty(), "was created")));
        policy.status().stream()
                .flatMap(status -> status.conditions().stream())
                .forEach(condition -> entries.add(became(subject, condition, Optional.empty())));
    }

    private static void addNode(AuditNodeObject node, List<HistoryEntry> entries) {
        var name = node.name();
        node.status().ifPresent(status -> {
            if (status.kubeAPIServer() != null && status.kubeAPIServer().startedAt() != null) {
                entries.add(new HistoryEntry(
                        status.kubeAPIServer().startedAt(), name, Optional.empty(), "kube-apiserver started"));
            }
            var turn = status.lastTurn();
            if (turn != null) {
                entries.add(new HistoryEntry(
                        turn.endedAt(),
                        name,
                        Optional.of(turn.revision()),
                        "a turn ended: " + Terms.of(turn.result())));
            }
            var proof = status.proof();
            if (proof != null) {
                entries.add(new HistoryEntry(
                        proof.provenAt(), name, Optional.of(proof.revision()), "the proof was last renewed"));
            }
            var gap = status.lastGap();
            if (gap != null) {
                entries.add(new HistoryEntry(gap.from(), name, Optional.empty(), "a gap began: " + gap.why()));
                Optional.ofNullable(gap.to())
                        .ifPresent(to -> entries.add(new HistoryEntry(to, name, Optional.empty(), "that gap ended")));
            }
            status.conditions().forEach(condition -> entries.add(became(name, condition, Optional.empty())));
        });
    }

    private static HistoryEntry became(String subject, Condition condition, Optional<String> revision) {
        return new HistoryEntry(
                condition.lastTransitionTime(),
                subject,
                revision,
                condition.type() + " became " + condition.status() + " (now " + condition.reason() + ")");
    }
}
