package dev.auditpolicy.rollout;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.Rollout;
import dev.auditpolicy.api.v1alpha1.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the decision about the turn depends on.
 *
 * @param revision the wanted revision
 * @param turn the turn that is given now
 * @param nodes every control-plane node
 * @param controllerNode the node that the controller runs on: it gets its turn last, so that a controller that is cut
 *     off by the restart is cut off once
 * @param unmanaged host names of live kube-apiservers that no control-plane Node stands for
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
        requireNonNull(revision, "revision is null");
        requireNonNull(rollout, "rollout is null");
        requireNonNull(turn, "turn is null");
        nodes = List.copyOf(nodes);
        requireNonNull(controllerNode, "controllerNode is null");
        unmanaged = List.copyOf(unmanaged);
        requireNonNull(now, "now is null");
    }

    Optional<NodeState> node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }
}
