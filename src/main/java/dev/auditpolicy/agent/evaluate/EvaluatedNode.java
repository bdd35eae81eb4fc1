package dev.auditpolicy.agent.evaluate;

/**
 * The two statements about a node.
 *
 * @param desired how it compares with the revision that it is to run
 * @param live what its kube-apiserver records now
 * @param regenerated whether the manifest has no part of this operator, as kubeadm writes it
 */
public record EvaluatedNode(NodeEvaluation desired, AuditState live, boolean regenerated) {}
