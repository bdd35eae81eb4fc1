package dev.auditpolicy.agent.evaluate;

import java.time.Instant;
import java.util.Optional;

/**
 * The two statements about a node.
 *
 * @param desired how it compares with the revision that it is to run
 * @param live what its kube-apiserver records now
 * @param regenerated whether the manifest has no part of this operator, as kubeadm writes it
 * @param reappliedAt when such a manifest was last answered at once, with our parts put back
 */
public record EvaluatedNode(
        NodeEvaluation desired, AuditState live, boolean regenerated, Optional<Instant> reappliedAt) {

    /** A node whose manifest was changed by turns alone. */
    public EvaluatedNode(NodeEvaluation desired, AuditState live, boolean regenerated) {
        this(desired, live, regenerated, Optional.empty());
    }
}
