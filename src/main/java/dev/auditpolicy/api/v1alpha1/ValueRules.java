package dev.auditpolicy.api.v1alpha1;

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
 * Puts CEL rules on single values of an object: the API server then names the field, the index and the value by itself. The
 * input is YAML, a list of rules by property; those of a list property are for each of its elements. The generator's own
 * annotation can't stand on an element type, and on a record component it comes out twice.
 */
public final class ValueRules implements SchemaCustomizer.Customizer {

    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        Map<String, List<ValidationRule>> rules = serialization.unmarshal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), new TypeReference<>() {});
        rules.forEach((property, ofProperty) ->
                valueSchema(schema.getProperties().get(property)).setXKubernetesValidations(ofProperty));
        return schema;
    }

    private static JSONSchemaProps valueSchema(JSONSchemaProps property) {
        return property.getItems() == null ? property : property.getItems().getSchema();
    }
}
