package dev.auditpolicy.agent;

import dev.auditpolicy.host.ApiServerProbe;
import dev.auditpolicy.host.ApiServerProcesses;
import dev.auditpolicy.host.ContainerStarts;
import dev.auditpolicy.host.JournalFile;
import dev.auditpolicy.host.NodeFiles;
import java.time.InstantSource;

/** Puts the parts of an agent together from its ports. */
public record AgentFactory(
        KubernetesApi api,
        NodeFiles files,
        ApiServerProcesses processes,
        ContainerStarts starts,
        ApiServerProbe probe,
        JournalFile journals,
        NodePaths paths,
        InstantSource clock) {

    /**
     * The agent of one node.
     *
     * @param hostAddress address of the node, for a kube-apiserver that advertises none of its own
     */
    public AgentLoop create(String hostAddress) {
        var observer = new NodeObserver(files, processes, probe, paths, hostAddress);
        var planner = new NodePlanner(paths);
        var node = new Node(files, processes, starts, observer, paths, clock, Thread::sleep);
        var report = new StatusReport(clock);
        var agent = new Agent(
                api,
                observer,
                probe,
                journals,
                new Assessor(planner),
                new TurnRunner(new Forward(node, planner, journals), new Undo(node), journals, clock),
                new TurnGate(api, probe, journals, report, clock),
                report);
        return new AgentLoop(agent, api);
    }
}
