package dev.auditpolicy.model;

import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.rollout.NodeState.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the API server stores. As in etcd, one counter gives every write its resourceVersion.
 *
 * @param version resourceVersion of the last write
 * @param nodes one entry for each control-plane node, empty while it has no AuditNode
 * @param members which of them have a Node with the control-plane label
 */
record Store(int version, PolicyObject policy, List<Optional<NodeObject>> nodes, List<Boolean> members) {

    /** The AuditPolicy: its spec as the revision that it compiles to, and of its status the turn and the committed revision. */
    record PolicyObject(int version, String revision, Optional<Turn> turn, String committed) {}

    /**
     * An AuditNode: its spec as a revision, and its status.
     *
     * @param proven whether the status has ever had a proof
     * @param isProtected whether it has the finalizer of a turn
     * @param isDeleted whether it has a deletion timestamp
     */
    record NodeObject(
            int version,
            String revision,
            Optional<Report> report,
            boolean proven,
            boolean isProtected,
            boolean isDeleted) {}

    Optional<NodeObject> node(int index) {
        return nodes.get(index);
    }

    int versionOf(int node) {
        return node(node).map(NodeObject::version).orElse(0);
    }

    /** The user changes the AuditPolicy's spec. */
    Store withRevision(String revision) {
        return new Store(
                version + 1,
                new PolicyObject(version + 1, revision, policy.turn(), policy.committed()),
                nodes,
                members);
    }

    /** Empty when the AuditPolicy is not the one of {@code expected}. */
    Optional<Store> withTurn(int expected, Optional<Turn> turn, String committed) {
        return policy.version() == expected
                ? Optional.of(new Store(
                        version + 1, new PolicyObject(version + 1, policy.revision(), turn, committed), nodes, members))
                : Optional.empty();
    }

    /** Empty when the AuditNode is not the one of {@code expected}; 0 expects that there is none. */
    Optional<Store> withSpec(int node, int expected, String revision) {
        if (versionOf(node) != expected) {
            return Optional.empty();
        }
        var report = node(node).flatMap(NodeObject::report);
        var proven = node(node).filter(NodeObject::proven).isPresent();
        var isProtected = node(node).filter(NodeObject::isProtected).isPresent();
        return Optional.of(
                with(node, Optional.of(new NodeObject(version + 1, revision, report, proven, isProtected, false))));
    }

    /** Empty when the AuditNode is not the one of {@code expected}. */
    Optional<Store> withReport(int node, int expected, Report report) {
        return node(node)
                .filter(present -> present.version() == expected)
                .map(present -> new NodeObject(
                        version + 1,
                        present.revision(),
                        Optional.of(report),
                        present.proven() || report.phase() == Phase.EFFECTIVE,
                        present.isProtected(),
                        present.isDeleted()))
                .map(written -> with(node, Optional.of(written)));
    }

    /** Whether somebody overrides the finalizer or not, the AuditNode is gone. */
    Store without(int node) {
        return with(node, Optional.empty());
    }

    /** Deletes the AuditNode, unless a finalizer keeps it. */
    Store delete(int node) {
        return node(node)
                .map(present ->
                        present.isProtected() ? with(node, Optional.of(changed(present, true, true))) : without(node))
                .orElse(this);
    }

    /** Adds or removes the finalizer; empty when the AuditNode is not the one of {@code expected}. */
    Optional<Store> withProtection(int node, int expected, boolean isProtected) {
        return node(node)
                .filter(present -> present.version() == expected)
                .map(present -> present.isDeleted() && !isProtected
                        ? without(node)
                        : with(node, Optional.of(changed(present, isProtected, present.isDeleted()))));
    }

    private NodeObject changed(NodeObject node, boolean isProtected, boolean isDeleted) {
        return new NodeObject(version + 1, node.revision(), node.report(), node.proven(), isProtected, isDeleted);
    }

    /** Adds or removes the label of the Node, or the Node with it. */
    Store withMember(int node, boolean isMember) {
        var changed = new ArrayList<>(members);
        changed.set(node, isMember);
        return new Store(version + 1, policy, nodes, List.copyOf(changed));
    }

    boolean isMember(int node) {
        return members.get(node);
    }

    private Store with(int node, Optional<NodeObject> object) {
        var changed = new ArrayList<>(nodes);
        changed.set(node, object);
        return new Store(version + 1, policy, List.copyOf(changed), members);
    }
}
