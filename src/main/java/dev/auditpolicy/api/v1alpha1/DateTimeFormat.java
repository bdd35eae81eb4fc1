package dev.auditpolicy.api.v1alpha1;

import static java.util.Objects.requireNonNull;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Sets {@code format: date-time} on the property that the input names. The generator has no annotation for it. */
public final class DateTimeFormat implements SchemaCustomizer.Customizer {

    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        requireNonNull(schema.getProperties().get(input), input).setFormat("date-time");
        return schema;
    }
}
