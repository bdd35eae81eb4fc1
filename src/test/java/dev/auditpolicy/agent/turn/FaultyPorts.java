package dev.auditpolicy.agent.turn;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.auditpolicy.agent.guard.GuardPod;
import dev.auditpolicy.agent.guard.StaticPodGuard;
import dev.auditpolicy.agent.node.ConcurrentChangeDetector;
import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeObserver;
import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.host.file.Disk;
import dev.auditpolicy.host.file.Hold;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.file.ProcessPresence;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.kind.StaticPodHost;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.process.ApiServerProcesses;
import dev.auditpolicy.host.process.ContainerStarts;
import dev.auditpolicy.host.process.NodePrograms;
import dev.auditpolicy.host.program.GuardProgram;
import java.util.List;
import java.util.Optional;

/** The ports of a node, of which one call fails or ends the agent. */
final class FaultyPorts {

    private final SimulatedNode node;
    private final FaultyCalls calls;

    /** @param faultyCall counts from 1; 0 for no fault */
    FaultyPorts(SimulatedNode node, int faultyCall, Fault fault) {
        this(node, faultyCall, fault, Optional.empty());
    }

    /** @param interruption what another program does just before that call */
    FaultyPorts(SimulatedNode node, int faultyCall, Runnable interruption) {
        this(node, faultyCall, Fault.FAILS, Optional.of(interruption));
    }

    private FaultyPorts(SimulatedNode node, int faultyCall, Fault fault, Optional<Runnable> interruption) {
        this.node = node;
        this.calls = new FaultyCalls(node, faultyCall, fault, interruption);
    }

    int calls() {
        return calls.count();
    }

    /** The calls, counted from 1, that changed something. */
    List<Integer> effects() {
        return calls.effects();
    }

    NodeFiles files() {
        return new NodeFiles(calls.of(Disk.class, node.disk()));
    }

    private ApiServerProcesses processes() {
        return faulty(ApiServerProcesses.class);
    }

    private ContainerStarts starts() {
        return faulty(ContainerStarts.class);
    }

    private ApiServerProbe probe() {
        return faulty(ApiServerProbe.class);
    }

    private AuditLog log() {
        return faulty(AuditLog.class);
    }

    private NodePrograms programs() {
        return faulty(NodePrograms.class);
    }

    private ProcessPresence guard() {
        return faulty(ProcessPresence.class);
    }

    NodeContext context() {
        var paths = NodePaths.kubeadm();
        var changes = new ConcurrentChangeDetector(programs(), files(), paths, node::wallClock, node::ticks);
        var pod = JsonNodeFactory.instance.objectNode();
        pod.putObject("spec").putArray("containers").addObject().put("image", "operator:1");
        return new NodeContext(
                files(),
                processes(),
                starts(),
                programs(),
                new NodeObserver(
                        files(), processes(), probe(), log(), changes, new StaticPodHost(), paths, "192.0.2.1"),
                new StaticPodHost(),
                paths,
                new Hold(files(), Hold.PATH),
                new StaticPodGuard(
                        files(),
                        paths,
                        guard(),
                        faulty(GuardProgram.class),
                        () -> Optional.of(new GuardPod(pod, "192.0.2.1", "PEM")),
                        node::ticks,
                        node::pass),
                node::wallClock,
                node::ticks,
                node::pass);
    }

    private <T> T faulty(Class<T> port) {
        return calls.of(port, node);
    }
}
