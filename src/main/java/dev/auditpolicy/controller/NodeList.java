package dev.auditpolicy.controller;

import static java.util.stream.Collectors.joining;

import dev.auditpolicy.api.v1alpha1.Message;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.rollout.NodeState;
import dev.auditpolicy.telemetry.ValueName;
import java.util.List;

/** Nodes as a message lists them. */
final class NodeList {

    private static final int MAX_NODES = 9;
    private static final int MAX_NODE_MESSAGE = 300;

    private NodeList() {}

    /**
     * Each node that is not verified to run the revision, or that warns about its log, whatever the rollout waits for: it may
     * be paused, or stalled for another node.
     */
    static String others(String revision, List<NodeState> nodes) {
        return nodes.stream()
                .filter(node -> !node.isDone(revision) || (hasMessage(node) && !node.is(Phase.RESTORED, revision)))
                .limit(MAX_NODES)
                .map(node -> describe(revision, node))
                .collect(joining());
    }

    private static boolean hasMessage(NodeState node) {
        return node.report().filter(report -> !report.message().isEmpty()).isPresent();
    }

    private static String describe(String revision, NodeState node) {
        return node.report()
                .map(report -> "; node " + node.name() + " is " + ValueName.of(report.phase())
                        + (report.revision().equals(revision) ? "" : " with another revision")
                        + (hasMessage(node) ? ": " + Message.bounded(report.message(), MAX_NODE_MESSAGE) : ""))
                .orElseGet(() -> "; node " + node.name() + " has not reported");
    }
}
