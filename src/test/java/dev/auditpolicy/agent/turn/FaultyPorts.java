package dev.auditpolicy.agent.turn;

import dev.auditpolicy.host.file.Disk;
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
import java.util.Set;

/** The ports of a node, of which one call goes wrong. */
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
        /** The agent is killed before the call has any effect, which is after the call before it. */
        KILLED,
        /** The node loses power then, and every name that was not synchronized. */
        POWER_CUT,
        /** The node loses power then, and every content that was not synchronized, but no name. */
        POWER_CUT_TEARING,
        /** The call has no effect and fails. */
        FAILS
    }

    /** The end of the agent's process. Not an exception that the agent could handle. */
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

    ApiServerProcesses processes() {
        return faulty(ApiServerProcesses.class);
    }

    ContainerStarts starts() {
        return faulty(ContainerStarts.class);
    }

    ApiServerProbe probe() {
        return faulty(ApiServerProbe.class);
    }

    AuditLog log() {
        return faulty(AuditLog.class);
    }

    NodePrograms programs() {
        return faulty(NodePrograms.class);
    }

    ProcessPresence guard() {
        return faulty(ProcessPresence.class);
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
