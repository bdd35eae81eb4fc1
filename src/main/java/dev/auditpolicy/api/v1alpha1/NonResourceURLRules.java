package dev.auditpolicy.api.v1alpha1;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/**
 * CEL rules on each element of {@code nonResourceURLs}, so that an error names the one URL; the generator's annotation
 * can't stand on an element type.
 */
public final class NonResourceURLRules implements SchemaCustomizer.Customizer {

    private static final ValidationRule ROOTED = rule(
            "self == '*' || self.startsWith('/')",
            "must be a path that begins with '/', such as /healthz, or '*' for every non-resource URL");

    private static final ValidationRule WILDCARD_LAST = rule(
            "self.indexOf('*') in [-1, size(self) - 1]",
            "the wildcard '*' must be the last character, such as /api*: it can't stand for a part in the middle");

    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        schema.getProperties()
                .get("nonResourceURLs")
                .getItems()
                .getSchema()
                .setXKubernetesValidations(List.of(ROOTED, WILDCARD_LAST));
        return schema;
    }

    private static ValidationRule rule(String expression, String message) {
        return new ValidationRuleBuilder()
                .withRule(expression)
                .withMessage(message)
                .build();
    }
}
