package dev.auditpolicy.controller;

import com.fasterxml.jackson.databind.DeserializationFeature;
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
    private final ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private Optional<AuditNodeSpec> cached = Optional.empty();

    /** @param namespace of the operator */
    public CommittedRevisions(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * The content of {@code revision}, if it is stored. A newer release may have stored fields that this one does not
     * need, or values that it cannot read; nodes that join then get the desired revision.
     */
    Optional<AuditNodeSpec> find(String revision) {
        if (cached.filter(spec -> spec.revision().equals(revision)).isEmpty()) {
            cached = stored(revision).flatMap(this::read).filter(spec -> revision.equals(spec.revision()));
        }
        return cached;
    }

    private Optional<ControllerRevision> stored(String revision) {
        return Optional.ofNullable(client.resources(ControllerRevision.class)
                .inNamespace(namespace)
                .withName(name(revision))
                .get());
    }

    private Optional<AuditNodeSpec> read(ControllerRevision stored) {
        try {
            return Optional.of(json.convertValue(stored.getData(), AuditNodeSpec.class));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** Stores {@code spec} and deletes all others. */
    void store(AuditNodeSpec spec) {
        if (find(spec.revision()).isPresent()) {
            return;
        }
        stored(spec.revision())
                .ifPresent(unreadable -> client.resource(unreadable).delete());
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
