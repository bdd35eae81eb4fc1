package dev.auditpolicy.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON Schemas of the custom resources, for editors and kubeconform, named as those tools look for them: {@code
 * GROUP/KIND_VERSION.json}. Unlike the API server, which prunes it, they refuse a field that does not exist.
 */
final class JsonSchemas {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonSchemas() {}

    /** The schemas of a CRD by their relative path. */
    static Map<String, String> of(Path crd) throws IOException {
        var definition = new YAMLMapper().readTree(crd.toFile()).path("spec");
        var schemas = new TreeMap<String, String>();
        for (var version : definition.path("versions")) {
            schemas.put(
                    definition.path("group").asText() + "/"
                            + definition.at("/names/kind").asText().toLowerCase(Locale.ROOT) + "_"
                            + version.path("name").asText() + ".json",
                    text(definition, version));
        }
        return schemas;
    }

    private static String text(JsonNode definition, JsonNode version) throws JsonProcessingException {
        var kind = definition.at("/names/kind").asText();
        var schema = JSON.createObjectNode();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", kind);
        schema.setAll((ObjectNode) converted(version.at("/schema/openAPIV3Schema")));
        var properties = (ObjectNode) schema.path("properties");
        properties.set(
                "apiVersion",
                constant(definition.path("group").asText() + "/"
                        + version.path("name").asText()));
        properties.set("kind", constant(kind));
        properties.set("metadata", JSON.createObjectNode().put("type", "object"));
        schema.set(
                "required", JSON.createArrayNode().add("apiVersion").add("kind").add("metadata"));
        return JSON.writeValueAsString(schema) + "\n";
    }

    private static JsonNode constant(String value) {
        return JSON.createObjectNode().put("const", value);
    }

    /** Without Kubernetes' extensions, which no JSON Schema has. */
    private static JsonNode converted(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> converted(object);
            case ArrayNode array -> {
                var copy = JSON.createArrayNode();
                array.forEach(element -> copy.add(converted(element)));
                yield copy;
            }
            default -> node;
        };
    }

    private static ObjectNode converted(ObjectNode object) {
        var copy = JSON.createObjectNode();
        object.properties().stream()
                .filter(field -> !field.getKey().startsWith("x-kubernetes-"))
                .forEach(field -> copy.set(field.getKey(), converted(field.getValue())));
        if (object.path("type").asText().equals("object")
                && object.path("properties").isObject()) {
            copy.put("additionalProperties", false);
        }
        return copy;
    }
}
