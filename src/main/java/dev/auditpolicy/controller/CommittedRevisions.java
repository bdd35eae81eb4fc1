package dev.auditpolicy.controller;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;

/**
 * The last revision that was proven on all nodes, with its content, as a ControllerRevision: what Kubernetes' own
 * controllers keep theirs in. Its data is immutable.
 */
public final class CommittedRevisions {

    private static final Map<String, String> LABELS =
            Map.of("app.kubernetes.io/name", "auditpolicy-operator", "app.kubernetes.io/component", "revision");

    private final KubernetesClient client;
    private final String namespace;
    private final ObjectMapper json = new ObjectMapper();
    private Optional<AuditNodeSpec> known = Optional.empty();

    /** @param namespace of the operator */
    public CommittedRevisions(KubernetesClient client, String namespace) {
        this.client = requireNonNull(client, "client is null");
        this.namespace = requireNonNull(namespace, "namespace is null");
    }

    /** What {@code revision} says, or empty when it was not kept. */
    Optional<AuditNodeSpec> find(String revision) {
        if (known.filter(spec -> spec.revision().equals(revision)).isEmpty()) {
            known = Optional.ofNullable(client.resources(ControllerRevision.class)
                            .inNamespace(namespace)
                            .withName(name(revision))
                            .get())
                    .map(kept -> json.convertValue(kept.getData(), AuditNodeSpec.class));
        }
        return known;
    }

    /** Keeps {@code spec}, and no other any longer. */
    void keep(AuditNodeSpec spec) {
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
        known = Optional.of(spec);
        client.resources(ControllerRevision.class).inNamespace(namespace).withLabels(LABELS).list().getItems().stream()
                .filter(kept -> !kept.getMetadata().getName().equals(name(spec.revision())))
                .forEach(old -> client.resource(old).delete());
    }

    private static String name(String revision) {
        return "auditpolicy-" + revision;
    }
}
