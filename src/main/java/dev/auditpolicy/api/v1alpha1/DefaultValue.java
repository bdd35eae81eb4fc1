package dev.auditpolicy.api.v1alpha1;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Sets defaults. The input is YAML: a default by property. The generator's annotation does not apply to a kind's status. */
public final class DefaultValue implements SchemaCustomizer.Customizer {

    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        Map<String, JsonNode> defaults = serialization.unmarshal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), new TypeReference<>() {});
        defaults.forEach((property, value) ->
                requireNonNull(schema.getProperties().get(property), property).setDefault(value));
        return schema;
    }
}
