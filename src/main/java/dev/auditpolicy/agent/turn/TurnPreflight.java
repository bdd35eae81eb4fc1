package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.plan.Goal;
import java.util.Optional;

/** Checks a change at the start of its turn, when more may have changed than since the node was last evaluated. */
@FunctionalInterface
public interface TurnPreflight {

    /** Why the turn must not begin. Empty if nothing speaks against it. */
    Optional<String> refusal(Goal goal, NodeSnapshot node) throws InterruptedException;
}
