package dev.auditpolicy.controller;

import static dev.auditpolicy.api.v1alpha1.Condition.FALSE;

import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.NodeCounts;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.rollout.Decision;
import dev.auditpolicy.rollout.NodeState;
import java.util.List;
import java.util.stream.Stream;

/** The status of an AuditPolicy that is deleted when its nodes have what they had before. */
final class RestorationStatus {

    /** The reason of Ready while nodes are given back. */
    static final String RESTORING = "Restoring";

    /** The reason of Ready while a node cannot be given back without somebody's help. */
    static final String BLOCKED = "RestoreBlocked";

    private static final String WAY_OUT =
            ". To delete the AuditPolicy now and leave the nodes as they run, set spec.deletionPolicy to Retain";

    private final StatusFactory statuses;

    RestorationStatus(StatusFactory statuses) {
        this.statuses = statuses;
    }

    /**
     * The status.
     *
     * @param id of the request to give the nodes back
     */
    AuditPolicyStatus of(AuditPolicy policy, String id, List<NodeState> nodes, Decision decision) {
        var previous = StatusFactory.previous(policy);
        var conditions = statuses.conditions(policy, previous);
        var restored = StatusFactory.count(nodes, node -> node.is(Phase.RESTORED, id));
        var progress = StatusFactory.progress(decision);
        var count = restored + " of " + nodes.size() + " nodes have what they had before the first change";
        var reason = isBlocked(decision) ? BLOCKED : RESTORING;
        var message = count + "; " + progress.message() + WAY_OUT;
        return new AuditPolicyStatus(
                policy.getMetadata().getGeneration(),
                previous.revision(),
                previous.committedRevision(),
                statuses.turn(previous.turn(), decision),
                NodeCounts.of(nodes.size(), restored, restored),
                Stream.concat(
                                Stream.of(
                                        conditions.of(Conditions.READY, FALSE, reason, message),
                                        conditions.of(Conditions.RECONCILING, progress.reconciling(), reason, ""),
                                        conditions.of(Conditions.STALLED, progress.stalled(), reason, ""),
                                        conditions.of(
                                                Conditions.EFFECTIVE,
                                                FALSE,
                                                RESTORING,
                                                count + NodeList.others(id, nodes))),
                                previous.conditions().stream()
                                        .filter(condition -> condition.type().equals(Conditions.ACCEPTED)))
                        .toList());
    }

    /** Whether nothing happens before somebody does something. */
    private static boolean isBlocked(Decision decision) {
        return switch (decision) {
            case Decision.Complete _, Decision.Grant _, Decision.Retain _, Decision.Revoke _ -> false;
            case Decision.Stall _ -> true;
            case Decision.Wait wait ->
                switch (wait.reason()) {
                    case NodeHeld, Paused, AgentMissing, UnmanagedAPIServer, NoControlPlaneNodes -> true;
                    default -> false;
                };
        };
    }
}
