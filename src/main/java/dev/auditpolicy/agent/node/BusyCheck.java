package dev.auditpolicy.agent.node;

import dev.auditpolicy.host.kind.StaticPodHost;
import dev.auditpolicy.host.kind.UnitHost;
import java.io.IOException;
import java.util.Optional;

/** Detects other actors that are changing the node. Waiting costs seconds; two concurrent changes can break kube-apiserver. */
@FunctionalInterface
public interface BusyCheck {

    /** Why the node must not be changed now. Empty if it may. */
    Optional<String> busy() throws IOException;

    /** That of the node's kind of host. */
    static BusyCheck of(NodePorts ports, NodePaths paths) {
        return switch (ports.host()) {
            case StaticPodHost _ ->
                new ConcurrentChangeDetector(ports.programs(), ports.files(), paths, ports.clock(), ports.ticker());
            case UnitHost unit -> unit::busy;
        };
    }
}
