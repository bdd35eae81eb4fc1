package dev.auditpolicy.controller;

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

/** Reads objects from the API server, never from a cache: the decision about the turn requires their current state. */
public final class Cluster {

    /** The label of nodes that run a kube-apiserver; kubeadm sets it. */
    static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";

    private final KubernetesClient client;

    public Cluster(KubernetesClient client) {
        this.client = client;
    }

    Optional<AuditPolicy> auditPolicy() {
        return Optional.ofNullable(
                client.resources(AuditPolicy.class).withName(AuditPolicy.NAME).get());
    }

    /** Updates the status. Fails if the object has changed since {@code policy} was read. */
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

    /** The identity leases of kube-apiservers, since Kubernetes 1.26. */
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
