package dev.auditpolicy.controller.enroll;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingAgentTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | runs but does not report",
                "{containerStatuses: [{state: {running: {}}}]} | runs but does not report",
                "{containerStatuses: [{state: {waiting: {reason: ImagePullBackOff, message: no such image}}}]}"
                        + " | does not start: ImagePullBackOff: no such image",
                "{containerStatuses: [{state: {waiting: {reason: ContainerCreating}}}]} | does not start: ContainerCreating",
                "{containerStatuses: [{state: {terminated: {reason: Error, exitCode: 3}}}]}"
                        + " | does not start: Error, exit code 3",
                "{conditions: [{type: PodScheduled, status: 'False', message: too few resources}]}"
                        + " | does not start: too few resources",
            })
    void saysWhyThePodDoesNotStart(String status, String reason) {
        assertThat(MissingAgent.describe(node("v1.36.3"), List.of(pod("w1", status), pod("w2", "{}")), true))
                .startsWith(
                        "no agent has reported from node w1, which runs a kube-apiserver: its pod agent-w1 " + reason);
    }

    @Test
    void saysThatThereIsNoPod() {
        assertThat(MissingAgent.describe(node("v1.36.3"), List.of(pod("w2", "{}")), false))
                .startsWith(
                        "neither an agent nor a kube-apiserver has reported from node w1 (no pod of the agent is on that"
                                + " node): if it is not part of the control plane, remove its label"
                                + " (kubectl label node w1 node-role.kubernetes.io/control-plane-)")
                .contains("kubectl delete node w1");
    }

    /** There, the pod cannot start: /etc/kubernetes may be missing. */
    @Test
    void namesTheDistributionOfTheNode() {
        assertThat(MissingAgent.describe(node("v1.35.4+k3s1"), List.of(), true))
                .contains("node w1: this node is managed by k3s", "kube-apiserver-arg");
    }

    private static Node node(String kubelet) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("w1")
                .endMetadata()
                .withNewStatus()
                .withNewNodeInfo()
                .withKubeletVersion(kubelet)
                .withOsImage("Debian")
                .endNodeInfo()
                .endStatus()
                .build();
    }

    private static Pod pod(String node, String status) {
        return Serialization.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {name: agent-%s}
                spec: {nodeName: %s}
                status: %s
                """.formatted(node, node, status), Pod.class);
    }
}
