package dev.auditpolicy.agent.status;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Turn;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The agent's requests to the API server. Each is answered by the API server, never by a cache. */
public final class KubernetesApi {

    /** Read as JSON: the model classes of a Pod take 4 MB of heap and 3 MB of metaspace. */
    private static final ResourceDefinitionContext PODS = new ResourceDefinitionContext.Builder()
            .withVersion("v1")
            .withKind("Pod")
            .withPlural("pods")
            .withNamespaced(true)
            .build();

    private static final ResourceDefinitionContext SECRETS = new ResourceDefinitionContext.Builder()
            .withVersion("v1")
            .withKind("Secret")
            .withPlural("secrets")
            .withNamespaced(true)
            .build();

    private static final ResourceDefinitionContext LEASES = new ResourceDefinitionContext.Builder()
            .withGroup("coordination.k8s.io")
            .withVersion("v1")
            .withKind("Lease")
            .withPlural("leases")
            .withNamespaced(true)
            .build();

    private static final String IDENTITY = "apiserver.kubernetes.io/identity";

    private final KubernetesClient client;
    private final String node;
    private final String namespace;
    private final String pod;
    private final StatusListener listener;

    /**
     * @param node name of the node that the agent runs on
     * @param namespace of the operator
     * @param pod name of the agent's pod; empty if it runs as a service
     * @param listener is notified of each read and write of this node's AuditNode
     */
    public KubernetesApi(KubernetesClient client, String node, String namespace, String pod, StatusListener listener) {
        this.client = client;
        this.node = node;
        this.namespace = namespace;
        this.pod = pod;
        this.listener = listener;
    }

    public String node() {
        return node;
    }

    public Optional<AuditNode> auditNode() {
        var auditNode = Optional.ofNullable(
                client.resources(AuditNode.class).withName(node).get());
        auditNode.ifPresent(listener::read);
        return auditNode;
    }

    /** The agent's own pod; empty when the API server does not return it, or when the agent is no pod. */
    public Optional<JsonNode> ownPod() {
        if (pod.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(client.genericKubernetesResources(PODS)
                            .inNamespace(namespace)
                            .withName(pod)
                            .get())
                    .map(found -> client.getKubernetesSerialization().convertValue(found, JsonNode.class));
        } catch (KubernetesClientException unavailable) {
            return Optional.empty();
        }
    }

    /**
     * The keys and values of a Secret in the operator's namespace; empty if there is none.
     *
     * @throws IOException if the API server does not return it
     */
    public Optional<Map<String, byte[]>> secret(String name) throws IOException {
        try {
            var found = client.genericKubernetesResources(SECRETS)
                    .inNamespace(namespace)
                    .withName(name)
                    .get();
            return Optional.ofNullable(found).map(secret -> {
                var data = Optional.ofNullable(secret.<Map<String, String>>get("data"))
                        .orElse(Map.of());
                return data.entrySet().stream().collect(toMap(Map.Entry::getKey, key -> Base64.getDecoder()
                        .decode(key.getValue())));
            });
        } catch (KubernetesClientException failure) {
            throw new IOException(
                    failure.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                            ? "the agent may not read the Secret " + name
                                    + ": name it audit-webhook, or add its name to the" + " Role audit-webhook"
                            : "cannot read the Secret " + name + ": " + failure.getMessage(),
                    failure);
        }
    }

    /** The cluster's current turn, whichever node has it. */
    Optional<Turn> turn() {
        return Optional.ofNullable(client.resources(AuditPolicy.class)
                        .withName(AuditPolicy.NAME)
                        .get())
                .map(AuditPolicy::getStatus)
                .map(AuditPolicyStatus::turn);
    }

    /** The AuditNodes of all control-plane nodes, including this one. */
    List<AuditNode> auditNodes() {
        return client.resources(AuditNode.class).list().getItems();
    }

    /** The host names of kube-apiservers that have renewed their identity lease since {@code then}. */
    Set<String> apiServerHosts(Instant then) {
        return client
                .genericKubernetesResources(LEASES)
                .inNamespace("kube-system")
                .withLabel(IDENTITY, "kube-apiserver")
                .list()
                .getItems()
                .stream()
                .filter(lease -> Optional.ofNullable(lease.<String>get("spec", "renewTime"))
                        .filter(renewed -> Instant.parse(renewed).isAfter(then))
                        .isPresent())
                .map(lease -> lease.getMetadata().getLabels().getOrDefault(Api.HOSTNAME_LABEL, "unknown host"))
                .collect(toSet());
    }

    /** Writes the status if the object has not changed since {@code auditNode} was read. Returns the updated object. */
    public AuditNode updateStatus(AuditNode auditNode, AuditNodeStatus status) {
        var before = Optional.ofNullable(auditNode.getStatus());
        auditNode.setStatus(status);
        var written = client.resource(auditNode)
                .lockResourceVersion(auditNode.getMetadata().getResourceVersion())
                .updateStatus();
        listener.written(written, status, before);
        return written;
    }

    /** Calls {@code onChange} when this node's AuditNode or the AuditPolicy may have changed, until closed. */
    public Watches watch(Runnable onChange) {
        var auditNodes = client.resources(AuditNode.class)
                .withName(node)
                .runnableInformer(0)
                .exceptionHandler((_, _) -> true)
                .addEventHandler(new ChangeNotifier<>(onChange));
        var policies = client.resources(AuditPolicy.class)
                .withName(AuditPolicy.NAME)
                .runnableInformer(0)
                .exceptionHandler((_, _) -> true)
                .addEventHandler(new ChangeNotifier<>(onChange));
        auditNodes.start();
        policies.start();
        return () -> {
            auditNodes.stop();
            policies.stop();
        };
    }

    /** The watches of {@link #watch}; closing stops them. */
    public interface Watches extends AutoCloseable {
        @Override
        void close();
    }

    private record ChangeNotifier<T>(Runnable onChange) implements ResourceEventHandler<T> {

        @Override
        public void onAdd(T added) {
            onChange.run();
        }

        @Override
        public void onUpdate(T before, T after) {
            onChange.run();
        }

        @Override
        public void onDelete(T deleted, boolean finalStateUnknown) {
            onChange.run();
        }
    }
}
