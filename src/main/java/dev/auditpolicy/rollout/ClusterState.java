package dev.auditpolicy.rollout;

import dev.auditpolicy.api.v1alpha1.Rollout;
import dev.auditpolicy.api.v1alpha1.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The input of {@link TurnPlanner}.
 *
 * @param revision the desired revision
 * @param turn the current turn
 * @param nodes every control-plane node
 * @param departing nodes that have left the control plane and still have an AuditNode
 * @param controllerNode the node that the controller runs on: it gets its turn last, so that a restart disconnects the
 *     controller only once
 * @param unmanaged host names of live kube-apiservers without a control-plane Node
 * @param hold why the rollout of the revision must not start
 */
public record ClusterState(
        String revision,
        Rollout rollout,
        Optional<Turn> turn,
        List<NodeState> nodes,
        List<DepartingNode> departing,
        Optional<String> controllerNode,
        List<String> unmanaged,
        Optional<Decision.Wait> hold,
        Instant now) {

    /**
     * A running kube-apiserver renews its identity lease every 10 s; the lease of a stopped one stays for an hour. Two
     * minutes allow for a restart and for clock skew.
     */
    public static final Duration LEASE_EXPIRES_AFTER = Duration.ofMinutes(2);

    public ClusterState {
        nodes = List.copyOf(nodes);
        departing = List.copyOf(departing);
        unmanaged = List.copyOf(unmanaged);
    }

    /** A cluster whose rollout may start. */
    public ClusterState(
            String revision,
            Rollout rollout,
            Optional<Turn> turn,
            List<NodeState> nodes,
            List<DepartingNode> departing,
            Optional<String> controllerNode,
            List<String> unmanaged,
            Instant now) {
        this(revision, rollout, turn, nodes, departing, controllerNode, unmanaged, Optional.empty(), now);
    }

    Optional<NodeState> node(String name) {
        return members().filter(node -> node.name().equals(name)).findFirst();
    }

    boolean isDeparting(String name) {
        return departing.stream().anyMatch(node -> node.state().name().equals(name));
    }

    /** Whether the node has the turn, or acts on an earlier one. */
    public boolean isInTurn(String name) {
        return turn.filter(current -> current.node().equals(name)).isPresent()
                || node(name).filter(node -> node.activeTurnID().isPresent()).isPresent();
    }

    /** The control-plane nodes, and those departing ones that may still be in a turn. */
    Stream<NodeState> members() {
        return Stream.concat(
                nodes.stream(),
                departing.stream()
                        .filter(node -> !node.isReleased(rollout, now))
                        .map(DepartingNode::state));
    }
}
