package dev.auditpolicy.rollout;

import dev.auditpolicy.api.v1alpha1.Rollout;
import dev.auditpolicy.api.v1alpha1.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The input of {@link TurnPlanner}.
 *
 * @param revision the desired revision
 * @param turn the current turn
 * @param nodes every control-plane node
 * @param controllerNode the node that the controller runs on: it gets its turn last, so that a restart disconnects the
 *     controller only once
 * @param unmanaged host names of live kube-apiservers without a control-plane Node
 */
public record ClusterState(
        String revision,
        Rollout rollout,
        Optional<Turn> turn,
        List<NodeState> nodes,
        Optional<String> controllerNode,
        List<String> unmanaged,
        Instant now) {

    public ClusterState {
        nodes = List.copyOf(nodes);
        unmanaged = List.copyOf(unmanaged);
    }

    Optional<NodeState> node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }
}
