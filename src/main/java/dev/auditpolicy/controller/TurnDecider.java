package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicySpec;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Rollout;
import dev.auditpolicy.controller.Observer.Observation;
import dev.auditpolicy.rollout.ClusterState;
import dev.auditpolicy.rollout.Decision;
import dev.auditpolicy.rollout.NodeState;
import dev.auditpolicy.rollout.TurnPlanner;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Decides about the turn from what was observed, and protects the AuditNode that is granted one. */
final class TurnDecider {

    private final TurnPlanner planner = new TurnPlanner();
    private final AuditNodeWriter auditNodeWriter;
    private final InstantSource clock;
    private final OwnNode ownNode;

    TurnDecider(AuditNodeWriter auditNodeWriter, InstantSource clock, OwnNode ownNode) {
        this.auditNodeWriter = auditNodeWriter;
        this.clock = clock;
        this.ownNode = ownNode;
    }

    /**
     * What there is to decide about.
     *
     * @param target what the nodes are to reach: a revision, or the id of the request to give them back
     * @param hold why the rollout of the target must not start
     */
    ClusterState state(
            AuditPolicy policy,
            String target,
            List<NodeState> nodes,
            Observation observation,
            Optional<Decision.Wait> hold) {
        return new ClusterState(
                target,
                Optional.ofNullable(policy.getSpec())
                        .map(AuditPolicySpec::rollout)
                        .orElseGet(Rollout::defaults),
                Optional.ofNullable(policy.getStatus()).map(AuditPolicyStatus::turn),
                nodes,
                observation.departing(),
                ownNode.name(),
                observation.unmanaged(),
                hold,
                clock.instant());
    }

    Decision decide(ClusterState state, Observation observation) {
        var decision = planner.decide(state);
        if (decision instanceof Decision.Grant grant) {
            auditNodeWriter.protect(grant.node(), observation);
        }
        return decision;
    }
}
