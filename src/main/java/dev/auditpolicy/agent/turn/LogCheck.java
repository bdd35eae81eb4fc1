package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import java.util.List;
import java.util.Optional;

/** Checks, as the last part of a turn, that the restarted kube-apiserver records what the policy requires. */
@FunctionalInterface
public interface LogCheck {

    /** For the guard, which has no identity that the policy could be evaluated for. */
    LogCheck NONE = (_, _) -> Optional.empty();

    /** The first problem that one of {@code checks} finds. */
    static LogCheck all(LogCheck... checks) {
        var all = List.of(checks);
        return (spec, node) -> {
            for (var check : all) {
                var problem = check.problem(spec, node);
                if (problem.isPresent()) {
                    return problem;
                }
            }
            return Optional.empty();
        };
    }

    /** What is not recorded. Empty if everything is, or if that cannot be found out. */
    Optional<String> problem(AuditNodeSpec spec, NodeSnapshot node) throws InterruptedException;
}
