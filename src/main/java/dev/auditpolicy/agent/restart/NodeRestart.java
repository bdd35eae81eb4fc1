package dev.auditpolicy.agent.restart;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.host.process.ContainerStarts.Start;
import java.util.List;

/** Chooses the restart by the kind of host. */
public final class NodeRestart {

    private NodeRestart() {}

    /**
     * The choice for a node whose kube-apiserver runs.
     *
     * @param settingsChange whether a flag, volume or mount changes
     * @param runsPolicy whether the process has loaded the policy, and only its file differs
     * @param starts all starts of kube-apiserver's container
     */
    public static RestartChoice choose(
            NodeContext node, boolean settingsChange, boolean runsPolicy, NodeSnapshot before, List<Start> starts) {
        return node.host().restartsOnChange()
                ? RestartChooser.choose(
                        settingsChange,
                        runsPolicy,
                        before.newest().orElseThrow(),
                        starts,
                        node.ticker().now())
                : RestartChooser.ofUnit(settingsChange, runsPolicy);
    }
}
