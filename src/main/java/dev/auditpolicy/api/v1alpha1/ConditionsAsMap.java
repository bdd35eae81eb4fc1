package dev.auditpolicy.api.v1alpha1;

import static java.util.Objects.requireNonNull;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/** Makes {@code conditions} a map by type, for server-side apply. The generator has no annotation for it. */
public final class ConditionsAsMap implements SchemaCustomizer.Customizer {

    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        var conditions = requireNonNull(schema.getProperties().get("conditions"), "no property conditions");
        conditions.setXKubernetesListType("map");
        conditions.setXKubernetesListMapKeys(List.of("type"));
        return schema;
    }
}
