package dev.auditpolicy.rollout;

import dev.auditpolicy.api.v1alpha1.Rollout;
import java.time.Instant;

/**
 * A node whose control-plane label or whose Node was removed, and whose AuditNode still exists. Its kube-apiserver does not
 * notice that, so a turn that it has started continues.
 *
 * @param since when the AuditNode was deleted
 * @param isAlive whether its kube-apiserver renews its identity lease
 */
public record DepartingNode(NodeState state, Instant since, boolean isAlive) {

    /**
     * Whether the node keeps nobody waiting: it acts on no turn, or has had more time than a turn takes, and its
     * kube-apiserver either serves or is gone for good.
     */
    public boolean isReleased(Rollout rollout, Instant now) {
        return state.activeTurnID().isEmpty()
                || (since.plus(GrantedTurn.longest(rollout)).isBefore(now)
                        && (!isAlive || state.isSettled(rollout, now)));
    }
}
