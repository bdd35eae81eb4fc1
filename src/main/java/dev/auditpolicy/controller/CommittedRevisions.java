package dev.auditpolicy.controller;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;

/**
 * Stores the last revision that was verified on all nodes, with its content, as a ControllerRevision. Its data is
 * immutable.
 */
public final class CommittedRevisions {

    private static final Map<String, String> LABELS =
            Map.of("app.kubernetes.io/name", "auditpolicy-operator", "app.kubernetes.io/component", "revision");

    private final KubernetesClient client;
    private final String namespace;
    private final ObjectMapper json = new ObjectMapper();
    private Optional<AuditNodeSpec> cached = Optional.empty();

    /** @param namespace of the operator */
    public CommittedRevisions(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** The content of {@code revision}, if it is stored. */
    Optional<AuditNodeSpec> find(String revision) {
        if (cached.filter(spec -> spec.revision().equals(revision)).isEmpty()) {
            cached = Optional.ofNullable(client.resources(ControllerRevision.class)
                            .inNamespace(namespace)
                            .withName(name(revision))
                            .get())
                    .map(stored -> json.convertValue(stored.getData(), AuditNodeSpec.class));
        }
        return cached;
    }

    /** Stores {@code spec} and deletes all others. */
    void store(AuditNodeSpec spec) {
        if (find(spec.revision()).isPresent()) {
            return;
        }
        client.resource(new ControllerRevisionBuilder()
                        .withNewMetadata()
                        .withName(name(spec.revision()))
                        .withNamespace(namespace)
                        .withLabels(LABELS)
                        .endMetadata()
                        .withRevision(spec.policyGeneration())
                        .withData(spec)
                        .build())
                .create();
        cached = Optional.of(spec);
        client.resources(ControllerRevision.class).inNamespace(namespace).withLabels(LABELS).list().getItems().stream()
                .filter(stored -> !stored.getMetadata().getName().equals(name(spec.revision())))
                .forEach(old -> client.resource(old).delete());
    }

    private static String name(String revision) {
        return "auditpolicy-" + revision;
    }
}
