package dev.auditpolicy.controller;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Optional;

/**
 * The objects of the cluster, always read from the API server: the turn is decided on what is, not on what a cache
 * remembers.
 */
public final class Cluster {

    /** On every node that runs a kube-apiserver; kubeadm sets it. */
    static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";

    private final KubernetesClient client;

    public Cluster(KubernetesClient client) {
        this.client = requireNonNull(client, "client is null");
    }

    Optional<AuditPolicy> auditPolicy() {
        return Optional.ofNullable(
                client.resources(AuditPolicy.class).withName(AuditPolicy.NAME).get());
    }

    /** Writes the status, unless the object has changed since {@code policy} was read. */
    void updateStatus(AuditPolicy policy) {
        client.resource(policy)
                .lockResourceVersion(policy.getMetadata().getResourceVersion())
                .updateStatus();
    }

    List<Node> controlPlaneNodes() {
        return client.nodes().withLabel(CONTROL_PLANE).list().getItems();
    }

    MixedOperation<AuditNode, KubernetesResourceList<AuditNode>, Resource<AuditNode>> auditNodes() {
        return client.resources(AuditNode.class);
    }

    /** The leases by which live kube-apiservers announce themselves, since Kubernetes 1.26. */
    List<Lease> apiServerLeases() {
        return client.leases()
                .inNamespace("kube-system")
                .withLabel("apiserver.kubernetes.io/identity", "kube-apiserver")
                .list()
                .getItems();
    }

    String apiServerVersion() {
        return client.getKubernetesVersion().getGitVersion();
    }
}
