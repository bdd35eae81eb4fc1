package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import java.util.Optional;

/** Checks, as the last part of a turn, that the restarted kube-apiserver records what the policy requires. */
@FunctionalInterface
public interface LogCheck {

    /** For the guard, which has no identity that the policy could be evaluated for. */
    LogCheck NONE = (_, _) -> Optional.empty();

    /** What the log lacks. Empty if it is complete, or if that cannot be found out. */
    Optional<String> problem(AuditNodeSpec spec, NodeSnapshot node) throws InterruptedException;
}
