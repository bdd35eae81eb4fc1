package dev.auditpolicy.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for every field of the schemas. */
class SchemaCompletenessTest {

    @ParameterizedTest
    @ValueSource(strings = {"auditpolicies", "auditnodes"})
    void describesEveryField(String plural) throws IOException {
        assertThat(fields("", root(plural)))
                .filteredOn(field -> field.getValue().getDescription() == null)
                .extracting(Map.Entry::getKey)
                .isEmpty();
    }

    /** The API server rejects CEL rules in a list without maxItems. */
    @ParameterizedTest
    @ValueSource(strings = {"auditpolicies", "auditnodes"})
    void limitsEveryList(String plural) throws IOException {
        assertThat(fields("", root(plural)))
                .filteredOn(field -> field.getValue().getItems() != null)
                .filteredOn(field -> field.getValue().getMaxItems() == null)
                .extracting(Map.Entry::getKey)
                .isEmpty();
    }

    private static JSONSchemaProps root(String plural) throws IOException {
        var crd = Serialization.unmarshal(
                Files.readString(Path.of("crds", plural + ".auditpolicy.dev-v1.yml")), CustomResourceDefinition.class);
        return crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    }

    private static Stream<Map.Entry<String, JSONSchemaProps>> fields(String path, JSONSchemaProps schema) {
        var element = schema.getItems() == null ? schema : schema.getItems().getSchema();
        return Stream.concat(
                Stream.of(Map.entry(path, schema)),
                element.getProperties() == null
                        ? Stream.of()
                        : element.getProperties().entrySet().stream()
                                .flatMap(property -> fields(path + "." + property.getKey(), property.getValue())));
    }
}
