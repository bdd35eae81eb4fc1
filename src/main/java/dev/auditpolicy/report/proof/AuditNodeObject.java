package dev.auditpolicy.report.proof;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Proof;
import dev.auditpolicy.policy.KubernetesVersion;
import java.util.Optional;

/**
 * An AuditNode as the API server stores it.
 *
 * @param spec empty if there is none, or one that cannot be read
 * @param status empty if its agent has not reported, or reports what cannot be read
 * @param unreadable why a part cannot be read; empty if all can
 */
public record AuditNodeObject(
        String name, Optional<AuditNodeSpec> spec, Optional<AuditNodeStatus> status, Optional<String> unreadable) {

    /** The proof, whether or not it still counts. */
    public Optional<Proof> proof() {
        return status.map(AuditNodeStatus::proof);
    }

    /** The kube-apiserver that the agent has seen last. */
    public Optional<KubeAPIServer> server() {
        return status.map(AuditNodeStatus::kubeAPIServer);
    }

    /** The version by which to read its policy. */
    public KubernetesVersion version() {
        return server().map(KubeAPIServer::version)
                .map(KubernetesVersion::parse)
                .orElse(KubernetesVersion.NEWEST_KNOWN);
    }

    /** The condition of a type. */
    public Optional<Condition> condition(String type) {
        return status.stream()
                .flatMap(state -> state.conditions().stream())
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
