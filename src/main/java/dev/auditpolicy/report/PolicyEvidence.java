package dev.auditpolicy.report;

import dev.auditpolicy.report.proof.ProofState;
import dev.auditpolicy.report.proof.ProvenPolicy;
import dev.auditpolicy.report.request.RequestLevels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/**
 * A policy that nodes are proven to run.
 *
 * @param revisions in which it is: nodes with different log settings have different ones
 * @param nodes their names
 * @param levels how it records sensitive requests
 */
public record PolicyEvidence(
        ProvenPolicy policy, List<String> revisions, List<String> nodes, List<RequestLevels> levels) {

    public PolicyEvidence {
        revisions = List.copyOf(revisions);
        nodes = List.copyOf(nodes);
        levels = List.copyOf(levels);
    }

    /** Each policy once, that of the first node first. */
    static List<PolicyEvidence> of(List<NodeEvidence> nodes) {
        var byHash = new LinkedHashMap<String, List<NodeEvidence>>();
        for (var node : nodes) {
            node.state().proven().ifPresent(proven -> byHash.computeIfAbsent(
                            proven.policy().sha256(), _ -> new ArrayList<>())
                    .add(node));
        }
        return byHash.values().stream().map(PolicyEvidence::ofEqual).toList();
    }

    private static PolicyEvidence ofEqual(List<NodeEvidence> nodes) {
        var proofs =
                nodes.stream().flatMap(node -> node.state().proven().stream()).toList();
        var policy = proofs.getFirst().policy();
        return new PolicyEvidence(
                policy,
                List.copyOf(new TreeSet<>(
                        proofs.stream().map(PolicyEvidence::revision).toList())),
                nodes.stream().map(NodeEvidence::name).toList(),
                RequestLevels.of(policy.policy()));
    }

    private static String revision(ProofState.Proven proven) {
        return proven.proof().revision();
    }
}
