package dev.auditpolicy.agent.turn;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/** Counts the calls of the ports of a host, of which one fails or ends the agent. */
final class FaultyCalls {

    private static final Set<String> EFFECTFUL = Set.of(
            "create", "rename", "delete", "terminate", "kill", "restartKubelet", "reload", "restart", "resetFailed");

    private final SimulatedHost host;
    private final int faultyCall;
    private final Fault fault;
    private final Optional<Runnable> interruption;
    private final List<Integer> effects = new ArrayList<>();
    private int count;

    /**
     * One fault.
     *
     * @param faultyCall counts from 1; 0 for no fault
     * @param interruption what another program does just before that call, instead of the fault
     */
    FaultyCalls(SimulatedHost host, int faultyCall, Fault fault, Optional<Runnable> interruption) {
        this.host = host;
        this.faultyCall = faultyCall;
        this.fault = fault;
        this.interruption = interruption;
    }

    int count() {
        return count;
    }

    /** The calls, counted from 1, that changed something. */
    List<Integer> effects() {
        return List.copyOf(effects);
    }

    /** The port of {@code target} whose calls are counted. */
    <T> T of(Class<T> port, Object target) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                    count++;
                    if (EFFECTFUL.contains(method.getName())) {
                        effects.add(count);
                    }
                    if (count == faultyCall && interruption.isPresent()) {
                        interruption.get().run();
                    } else if (count == faultyCall) {
                        strike(method);
                    }
                    return invoke(target, method, arguments);
                }));
    }

    private void strike(Method method) throws IOException {
        fault.strike(host);
        if (fault == Fault.KILLED || fault.isPowerCut()) {
            throw new Fault.Killed();
        }
        if (fault == Fault.FAILS && List.of(method.getExceptionTypes()).contains(IOException.class)) {
            throw new IOException("no space left on device");
        }
        if (fault == Fault.THROWS) {
            throw new NoSuchElementException("unexpected");
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
