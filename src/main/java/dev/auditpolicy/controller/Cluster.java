package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.identity.EnrolledHosts;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads objects from the API server, never from a cache: the decision about the turn requires their current state. */
public final class Cluster {

    static final String CONTROL_PLANE = Api.CONTROL_PLANE_LABEL;

    /** The label of the identity Leases, which name the program that holds them. */
    public static final String IDENTITY_LABEL = "apiserver.kubernetes.io/identity";

    /** Its value on those of kube-apiservers. */
    public static final String IDENTITY = "kube-apiserver";

    private final KubernetesClient client;

    public Cluster(KubernetesClient client) {
        this.client = client;
    }

    public Optional<AuditPolicy> auditPolicy() {
        return Optional.ofNullable(
                client.resources(AuditPolicy.class).withName(AuditPolicy.NAME).get());
    }

    /** Updates the status. Fails if the object has changed since {@code policy} was read. */
    void updateStatus(AuditPolicy policy) {
        client.resource(policy)
                .lockResourceVersion(policy.getMetadata().getResourceVersion())
                .updateStatus();
    }

    /**
     * Sets or removes the finalizer that makes a deletion give the nodes back, unless it is so. Fails if the object has changed
     * since {@code policy} was read. A patch, since an update would drop what a newer release has written into the spec.
     */
    void setRestoreFinalizer(AuditPolicy policy, boolean isWanted) {
        var metadata = policy.getMetadata();
        if (hasRestoreFinalizer(policy) == isWanted) {
            return;
        }
        var finalizers = Stream.concat(
                        metadata.getFinalizers().stream().filter(other -> !other.equals(Api.RESTORE_FINALIZER)),
                        Stream.of(Api.RESTORE_FINALIZER).filter(_ -> isWanted))
                .toList();
        var patch = Serialization.asJson(
                Map.of("metadata", Map.of("resourceVersion", metadata.getResourceVersion(), "finalizers", finalizers)));
        var patched = client.resources(AuditPolicy.class)
                .withName(metadata.getName())
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
        policy.setMetadata(patched.getMetadata());
    }

    static boolean hasRestoreFinalizer(AuditPolicy policy) {
        return policy.getMetadata().getFinalizers().contains(Api.RESTORE_FINALIZER);
    }

    public List<Node> controlPlaneNodes() {
        return client.nodes().withLabel(CONTROL_PLANE).list().getItems();
    }

    /** A Node, whatever its labels. The controller may list Nodes only. */
    Optional<Node> node(String name) {
        return client.nodes().withField("metadata.name", name).list().getItems().stream()
                .findFirst();
    }

    public MixedOperation<AuditNode, KubernetesResourceList<AuditNode>, Resource<AuditNode>> auditNodes() {
        return client.resources(AuditNode.class);
    }

    /** The identity leases of kube-apiservers, since Kubernetes 1.26. */
    public List<Lease> apiServerLeases() {
        return client.leases()
                .inNamespace("kube-system")
                .withLabel(IDENTITY_LABEL, IDENTITY)
                .list()
                .getItems();
    }

    /** The names of the hosts whose agents have a certificate, by the choice of an administrator. */
    public Set<String> enrolledHosts() {
        return Optional.ofNullable(client.configMaps()
                        .inNamespace(EnrolledHosts.NAMESPACE)
                        .withName(EnrolledHosts.CONFIG_MAP)
                        .get())
                .map(ConfigMap::getData)
                .map(Map::keySet)
                .orElseGet(Set::of);
    }

    /**
     * The keys and values of a Secret in the operator's namespace; empty if there is none.
     *
     * @throws IOException if the controller may not read it
     */
    Optional<Map<String, byte[]>> secret(String name) throws IOException {
        try {
            return Optional.ofNullable(client.secrets()
                            .inNamespace(EnrolledHosts.NAMESPACE)
                            .withName(name)
                            .get())
                    .map(secret -> Optional.ofNullable(secret.getData()).orElse(Map.of()).entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, key -> Base64.getDecoder()
                                    .decode(key.getValue()))));
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw failure;
            }
            throw new IOException(
                    "the operator may not read this Secret: name it audit-webhook, or add its name to the Role"
                            + " audit-webhook",
                    failure);
        }
    }

    /** The pods of the agents. The admission policies contain the namespace, too. */
    List<Pod> agentPods() {
        return client.pods()
                .inNamespace(EnrolledHosts.NAMESPACE)
                .withLabel("app.kubernetes.io/component", "agent")
                .list()
                .getItems();
    }

    String apiServerVersion() {
        return client.getKubernetesVersion().getGitVersion();
    }
}
