package dev.auditpolicy.observed;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.api.v1alpha1.ObservedHost.Kind;
import java.util.Optional;

/** Whether a node that is labelled as one of the control plane is none. */
public final class ApiServerAbsence {

    private ApiServerAbsence() {}

    /**
     * Whether the agent of the node sees neither a kube-apiserver nor a manifest of one nor a distribution that runs one in another
     * way, and has never seen one. A kube-apiserver that is only down has a manifest.
     */
    public static boolean isReported(AuditNode node) {
        return Optional.ofNullable(node.getStatus())
                .filter(status -> status.kubeAPIServer() == null && status.activeTurnID() == null)
                .map(AuditNodeStatus::observed)
                .map(Observed::host)
                .filter(host -> host.kind() == Kind.UNKNOWN && host.distribution() == null)
                .isPresent();
    }
}
