package dev.auditpolicy.controller.enroll;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.distribution.Distribution;
import dev.auditpolicy.distribution.NodeSigns;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Why no agent reports from a node, as far as the Node and the pods of the agents show, and what to do. */
public final class MissingAgent {

    private static final String REMOVE_LABEL = "kubectl label node %s " + Api.CONTROL_PLANE_LABEL + "-";

    private MissingAgent() {}

    /**
     * The reason, in a line.
     *
     * @param agents the pods of all agents
     * @param runsApiServer whether a kube-apiserver of that node shows signs of life
     */
    public static String describe(Node node, List<Pod> agents, boolean runsApiServer) {
        var name = node.getMetadata().getName();
        var foreign = Distribution.of(signs(node)).filter(distribution -> !distribution.isSupported());
        if (foreign.isPresent()) {
            return "no agent has reported from node " + name + ": "
                    + foreign.get().refusal();
        }
        var pod = agents.stream()
                .filter(agent -> name.equals(agent.getSpec().getNodeName()))
                .findFirst()
                .map(MissingAgent::describe)
                .orElse("no pod of the agent is on that node");
        return runsApiServer
                ? "no agent has reported from node " + name + ", which runs a kube-apiserver: " + pod
                        + " (kubectl -n auditpolicy-system get pods -o wide)"
                : "neither an agent nor a kube-apiserver has reported from node " + name + " (" + pod
                        + "): if it is not part of the control plane, remove its label (" + REMOVE_LABEL.formatted(name)
                        + "); if it was reset or is lost, delete its Node (kubectl delete node " + name
                        + "); otherwise check its kubelet";
    }

    /** For an enrolled host without a Node. */
    public static String ofHost(String host, boolean runsApiServer) {
        return (runsApiServer
                        ? "no agent has reported from host " + host + ", which runs a kube-apiserver"
                        : "neither an agent nor a kube-apiserver has reported from host " + host)
                + ": check its agent (systemctl status auditpolicy-agent), or, if the host is not part of the control"
                + " plane, remove it (auditpolicy enroll --remove " + host + ")";
    }

    /** For a node whose agent reports that there is no kube-apiserver. */
    public static String ofNoApiServer(Node node) {
        var name = node.getMetadata().getName();
        return "node " + name
                + " is labelled as part of the control plane, and has neither a kube-apiserver nor a manifest of"
                + " one: remove its label (" + REMOVE_LABEL.formatted(name) + "), or set up its control plane";
    }

    private static NodeSigns signs(Node node) {
        var info = Optional.ofNullable(node.getStatus()).map(NodeStatus::getNodeInfo);
        return new NodeSigns(
                info.map(known -> known.getKubeletVersion()).orElse(""),
                info.map(known -> known.getOsImage()).orElse(""),
                Optional.ofNullable(node.getMetadata().getLabels())
                        .map(Map::keySet)
                        .orElse(Set.of()));
    }

    private static String describe(Pod pod) {
        var name = "its pod " + pod.getMetadata().getName();
        return containers(pod)
                .map(ContainerStatus::getState)
                .flatMap(state -> state == null ? Stream.empty() : why(state))
                .findFirst()
                .or(() -> unscheduled(pod))
                .map(why -> name + " does not start: " + why)
                .orElse(name + " runs but does not report");
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
                ? Stream.empty()
                : pod.getStatus().getContainerStatuses().stream();
    }

    private static Stream<String> why(ContainerState state) {
        return Stream.concat(
                Stream.ofNullable(state.getWaiting()).map(MissingAgent::why),
                Stream.ofNullable(state.getTerminated()).map(MissingAgent::why));
    }

    private static String why(ContainerStateWaiting waiting) {
        return waiting.getReason()
                + Optional.ofNullable(waiting.getMessage()).map(": "::concat).orElse("");
    }

    private static String why(ContainerStateTerminated terminated) {
        return terminated.getReason() + ", exit code " + terminated.getExitCode();
    }

    private static Optional<String> unscheduled(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getConditions() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals("PodScheduled"))
                        .filter(condition -> condition.getStatus().equals("False"))
                        .map(PodCondition::getMessage)
                        .findFirst();
    }
}
