package dev.auditpolicy.controller.enroll;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeStatus;
import java.util.List;
import java.util.Optional;

/** A machine that shows no sign of life, of which its agent can report nothing any more. */
public final class LostNode {

    private LostNode() {}

    /**
     * What to do about {@code member}, whose kube-apiserver does not renew its Lease. Empty if kubelet reports, so that the agent can
     * tell more; and for a host without a Node, which has no kubelet.
     */
    public static Optional<String> describe(Member member) {
        return switch (member) {
            case Member.OfNode(var node) -> silence(node).map(since -> describe(node, since));
            case Member.OfHost _ -> Optional.empty();
        };
    }

    private static String describe(Node node, String since) {
        var name = node.getMetadata().getName();
        return "neither kubelet nor kube-apiserver of node " + name + " has reported since " + since
                + ": check the machine; if it was reset or is lost for good, delete its Node (kubectl delete node "
                + name + ")";
    }

    /** Since when kubelet has not reported; the node lifecycle controller notices that. */
    private static Optional<String> silence(Node node) {
        return Optional.ofNullable(node.getStatus()).map(NodeStatus::getConditions).orElse(List.of()).stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .filter(condition -> condition.getStatus().equals("Unknown"))
                .map(NodeCondition::getLastHeartbeatTime)
                .findFirst();
    }
}
