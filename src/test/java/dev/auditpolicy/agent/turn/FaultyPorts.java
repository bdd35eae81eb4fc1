package dev.auditpolicy.agent.turn;

import dev.auditpolicy.host.kind.StaticPodHost;
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
import dev.auditpolicy.host.program.GuardProgram;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/** The ports of a node, of which one call fails or ends the agent. */
final class FaultyPorts {

    private static final Set<String> EFFECTFUL =
            Set.of("create", "rename", "delete", "terminate", "kill", "restartKubelet");

    private static final String STATE = "/var/lib/auditpolicy/";
    private static final String CONFIG = "/etc/kubernetes/";

    private final SimulatedNode node;
    private final int faultyCall;
    private final Fault fault;
    private final Optional<Runnable> interruption;
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
        FAILS,
        /** The call has no effect and throws what no code expects. */
        THROWS,
        STATE_DISK_FULL,
        STATE_DISK_READ_ONLY,
        CONFIG_DISK_FULL,
        CONFIG_DISK_READ_ONLY,
        ROOT_DISK_FULL,
        ROOT_DISK_READ_ONLY,
        CLOCK_BACK_1_S,
        CLOCK_BACK_10_MIN,
        CLOCK_BACK_2_H,
        CLOCK_FORWARD_1_S,
        CLOCK_FORWARD_10_MIN,
        CLOCK_FORWARD_2_H;

        boolean isPowerCut() {
            return this == POWER_CUT || this == POWER_CUT_TEARING;
        }

        /** Whether it lasts until an administrator repairs the node. */
        boolean lasts() {
            return compareTo(STATE_DISK_FULL) >= 0 && compareTo(ROOT_DISK_READ_ONLY) <= 0;
        }

        boolean isOfClock() {
            return compareTo(CLOCK_BACK_1_S) >= 0;
        }
    }

    /** Ends the agent. It is no exception that the agent could handle. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

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
        this.faultyCall = faultyCall;
        this.fault = fault;
        this.interruption = interruption;
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
        var changes = new ConcurrentChangeDetector(programs(), files(), paths, node::wallClock, node::ticks);
        var pod = JsonNodeFactory.instance.objectNode();
        pod.putObject("spec").putArray("containers").addObject().put("image", "operator:1");
        return new NodeContext(
                files(),
                processes(),
                starts(),
                programs(),
                new NodeObserver(files(), processes(), probe(), log(), changes, new StaticPodHost(), paths, "192.0.2.1"),
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
                    if (calls == faultyCall && interruption.isPresent()) {
                        interruption.get().run();
                    } else if (calls == faultyCall) {
                        strike(method);
                    }
                    return invoke(target, method, arguments);
                }));
    }

    private void strike(Method method) throws IOException {
        switch (fault) {
            case KILLED, POWER_CUT, POWER_CUT_TEARING -> throw killed();
            case FAILS -> {
                if (List.of(method.getExceptionTypes()).contains(IOException.class)) {
                    throw new IOException("no space left on device");
                }
            }
            case THROWS -> throw new NoSuchElementException("unexpected");
            case STATE_DISK_FULL -> node.disk().fill(STATE);
            case STATE_DISK_READ_ONLY -> node.disk().remountReadOnly(STATE);
            case CONFIG_DISK_FULL -> node.disk().fill(CONFIG);
            case CONFIG_DISK_READ_ONLY -> node.disk().remountReadOnly(CONFIG);
            case ROOT_DISK_FULL -> node.disk().fill("/");
            case ROOT_DISK_READ_ONLY -> node.disk().remountReadOnly("/");
            case CLOCK_BACK_1_S -> node.adjustClock(Duration.ofSeconds(-1));
            case CLOCK_BACK_10_MIN -> node.adjustClock(Duration.ofMinutes(-10));
            case CLOCK_BACK_2_H -> node.adjustClock(Duration.ofHours(-2));
            case CLOCK_FORWARD_1_S -> node.adjustClock(Duration.ofSeconds(1));
            case CLOCK_FORWARD_10_MIN -> node.adjustClock(Duration.ofMinutes(10));
            case CLOCK_FORWARD_2_H -> node.adjustClock(Duration.ofHours(2));
        }
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException inner) {
            throw inner.getCause();
        }
    }
}
