package dev.auditpolicy.agent.node;

import java.io.IOException;
import java.util.Optional;

/** Detects other actors that are changing the node. Waiting costs seconds; two concurrent changes can break kube-apiserver. */
@FunctionalInterface
public interface BusyCheck {

    /** Why the node must not be changed now. Empty if it may. */
    Optional<String> busy() throws IOException;
}
