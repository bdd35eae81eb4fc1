package dev.auditpolicy.api.v1alpha1;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Adds CEL rules to the properties of an object, so that the API server reports field, index and value. The input is
 * YAML: a list of rules by property. The rules of a list property apply to each element. The generator's annotation is
 * not applicable to an element type, and on a record component it is applied twice.
 */
public final class ValueRules implements SchemaCustomizer.Customizer {

    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        Map<String, List<ValidationRule>> rules = serialization.unmarshal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), new TypeReference<>() {});
        rules.forEach((property, propertyRules) -> valueSchema(
                        requireNonNull(schema.getProperties().get(property), property))
                .setXKubernetesValidations(propertyRules));
        return schema;
    }

    private static JSONSchemaProps valueSchema(JSONSchemaProps property) {
        return property.getItems() == null ? property : property.getItems().getSchema();
    }
}
