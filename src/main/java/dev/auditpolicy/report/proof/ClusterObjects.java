package dev.auditpolicy.report.proof;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The resources that a report is made from.
 *
 * @param policy empty if the input has none
 * @param nodes by name
 * @param controlPlane the names of the Nodes of the control plane; empty if the input has no Nodes
 */
public record ClusterObjects(
        Optional<AuditPolicyObject> policy, List<AuditNodeObject> nodes, Optional<Set<String>> controlPlane) {

    public ClusterObjects {
        nodes = List.copyOf(nodes);
        controlPlane = controlPlane.map(Set::copyOf);
    }
}
