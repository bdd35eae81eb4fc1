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
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.process.ApiServerProcesses;
import dev.auditpolicy.host.process.ContainerStarts;
import dev.auditpolicy.host.process.NodePrograms;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ports of a node, of which one call fails or ends the agent. */
final class FaultyPorts {

    private static final Set<String> EFFECTFUL =
            Set.of("create", "rename", "delete", "terminate", "kill", "restartKubelet");

    private final SimulatedNode node;
    private final int faultyCall;
    private final Fault fault;
    private final List<Integer> effects = new ArrayList<>();
    private int calls;

    /** What happens at that call. */
    enum Fault {
        /** The agent is killed before the call has any effect. */
        KILLED,
        /** The node loses power then, and every file name that was not synchronized. */
        POWER_CUT,
        /** The node loses power then, and every file content that was not synchronized, but no file name. */
        POWER_CUT_TEARING,
        /** The call has no effect and fails. */
        FAILS
    }

    /** Ends the agent. It is no exception that the agent could handle. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** @param faultyCall counts from 1; 0 for no fault */
    FaultyPorts(SimulatedNode node, int faultyCall, Fault fault) {
        this.node = node;
        this.faultyCall = faultyCall;
        this.fault = fault;
    }

    int calls() {
        return calls;
    }

    /** The calls, counted from 1, that changed something. */
    List<Integer> effects() {
        return List.copyOf(effects);
    }

    NodeFiles files() {
        return new NodeFiles(faulty(Disk.class, node.disk()));
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
        var changes = new ConcurrentChangeDetector(programs(), files(), paths, node::now);
        var pod = JsonNodeFactory.instance.objectNode();
        pod.putObject("spec").putArray("containers").addObject().put("image", "operator:1");
        return new NodeContext(
                files(),
                processes(),
                starts(),
                programs(),
                new NodeObserver(files(), processes(), probe(), log(), changes, paths, "192.0.2.1"),
                paths,
                new Hold(files(), Hold.PATH),
                new StaticPodGuard(
                        files(),
                        paths.guard(),
                        guard(),
                        () -> Optional.of(new GuardPod(pod, "192.0.2.1", "PEM")),
                        node::now,
                        node::pass),
                node::now,
                node::pass);
    }

    private Killed killed() {
        if (fault != Fault.KILLED) {
            node.powerCut(fault == Fault.POWER_CUT_TEARING);
        }
        return new Killed();
    }

    private <T> T faulty(Class<T> port) {
        return faulty(port, node);
    }

    private <T> T faulty(Class<T> port, Object target) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                    calls++;
                    if (EFFECTFUL.contains(method.getName())) {
                        effects.add(calls);
                    }
                    var now = calls == faultyCall;
                    if (now && fault != Fault.FAILS) {
                        throw killed();
                    }
                    if (now
                            && fault == Fault.FAILS
                            && List.of(method.getExceptionTypes()).contains(IOException.class)) {
                        throw new IOException("no space left on device");
                    }
                    return invoke(target, method, arguments);
                }));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException inner) {
            throw inner.getCause();
        }
    }
}
