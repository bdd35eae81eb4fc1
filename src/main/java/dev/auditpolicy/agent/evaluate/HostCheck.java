package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.agent.node.NodeSnapshot;
import java.util.Optional;

/** Whether this operator may change the node at all. */
@FunctionalInterface
public interface HostCheck {

    /** Why it must not, and what to do instead; empty if it may. */
    Optional<String> obstacle(NodeSnapshot node);
}
