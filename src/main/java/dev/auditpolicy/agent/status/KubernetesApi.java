package dev.auditpolicy.agent.status;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Turn;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the agent asks of the API server, always answered by the API server itself and not by a cache. */
public final class KubernetesApi {

    /** Read as JSON: the classes of a whole Pod take 4 MB of heap and 3 MB of metaspace. */
    private static final ResourceDefinitionContext PODS = new ResourceDefinitionContext.Builder()
            .withVersion("v1")
            .withKind("Pod")
            .withPlural("pods")
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;
    private final String node;
    private final String namespace;
    private final String pod;
    private final StatusListener listener;

    /**
     * @param node name of the node that the agent runs on
     * @param namespace of the agent's pod
     * @param pod name of the agent's pod
     * @param listener hears what this node's AuditNode says
     */
    public KubernetesApi(KubernetesClient client, String node, String namespace, String pod, StatusListener listener) {
        this.client = requireNonNull(client, "client is null");
        this.node = requireNonNull(node, "node is null");
        this.namespace = requireNonNull(namespace, "namespace is null");
        this.pod = requireNonNull(pod, "pod is null");
        this.listener = requireNonNull(listener, "listener is null");
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

    /** The pod that the agent runs in; empty when that cannot be told now. */
    public Optional<JsonNode> ownPod() {
        try {
            return Optional.ofNullable(client.genericKubernetesResources(PODS)
                            .inNamespace(namespace)
                            .withName(pod)
                            .get())
                    .map(found -> client.getKubernetesSerialization().convertValue(found, JsonNode.class));
        } catch (KubernetesClientException notNow) {
            return Optional.empty();
        }
    }

    /** The turn that is given now, to whichever node. */
    Optional<Turn> turn() {
        return Optional.ofNullable(client.resources(AuditPolicy.class)
                        .withName(AuditPolicy.NAME)
                        .get())
                .map(AuditPolicy::getStatus)
                .map(AuditPolicyStatus::turn);
    }

    /** The AuditNodes of all control-plane nodes, this one included. */
    List<AuditNode> auditNodes() {
        return client.resources(AuditNode.class).list().getItems();
    }

    /** Writes the status, unless the object has changed since {@code auditNode} was read. Returns it as it is now. */
    public AuditNode updateStatus(AuditNode auditNode, AuditNodeStatus status) {
        var before = Optional.ofNullable(auditNode.getStatus());
        auditNode.setStatus(status);
        var written = client.resource(auditNode)
                .lockResourceVersion(auditNode.getMetadata().getResourceVersion())
                .updateStatus();
        listener.written(written, before);
        return written;
    }

    /** Calls {@code onChange} whenever this node's AuditNode or the AuditPolicy may have changed, until closed. */
    public Watches watch(Runnable onChange) {
        var auditNodes = client.resources(AuditNode.class)
                .withName(node)
                .runnableInformer(0)
                .exceptionHandler((_, _) -> true)
                .addEventHandler(new Signal<>(onChange));
        var policies = client.resources(AuditPolicy.class)
                .withName(AuditPolicy.NAME)
                .runnableInformer(0)
                .exceptionHandler((_, _) -> true)
                .addEventHandler(new Signal<>(onChange));
        auditNodes.start();
        policies.start();
        return () -> {
            auditNodes.stop();
            policies.stop();
        };
    }

    /** Ends what {@link #watch} began. */
    public interface Watches extends AutoCloseable {
        @Override
        void close();
    }

    private record Signal<T>(Runnable onChange) implements ResourceEventHandler<T> {

        private Signal {
            Objects.requireNonNull(onChange, "onChange is null");
        }

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
