package dev.auditpolicy.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Random statuses of an AuditNode, generated from its schema. Most are within the schema, and all are odd. */
final class RandomStatuses {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> TIMES = List.of(
            "2026-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "0001-01-01T00:00:00.000000001Z",
            "9999-12-31T23:59:59Z",
            "9999-12-31T23:59:59-12:00",
            "0000-01-01T00:00:00+14:00",
            "2026-02-28t23:59:59z",
            "2026-06-30T12:00:00+14:00",
            "2026-12-31T23:59:60Z",
            "1969-12-31T23:59:59-12:00",
            "2026-02-30T00:00:00Z",
            "now");

    private static final List<String> TEXTS = List.of(
            "",
            "garbage",
            "a",
            "0".repeat(64),
            "v1.36.3",
            "v9999.9999.9999",
            "1.0+\"{}\\",
            "10.0.0.1:6443",
            "[::1]:0",
            "[fd00::1%eth0]:6443",
            "localhost:99999",
            "a@b:1/?#",
            "True",
            "\u0000\n\r\t\u202e",
            "\ud83d\ude00".repeat(100),
            "%s%n${x}",
            "x".repeat(5000));

    private static final List<Long> NUMBERS =
            List.of(0L, 1L, -1L, 7L, (long) Integer.MAX_VALUE, Integer.MAX_VALUE + 1L, Long.MIN_VALUE, Long.MAX_VALUE);

    private final JSONSchemaProps schema;
    private final Random random;

    RandomStatuses(long seed) throws IOException {
        var crd = Serialization.unmarshal(
                Files.readString(Path.of("crds", "auditnodes.auditpolicy.dev-v1.yml")), CustomResourceDefinition.class);
        schema = crd.getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties()
                .get("status");
        random = new Random(seed);
    }

    JsonNode next() {
        return value(schema);
    }

    private JsonNode value(JSONSchemaProps type) {
        return switch (type.getType()) {
            case "object" -> object(type);
            case "array" -> array(type);
            case "integer" -> JSON.numberNode(anyOf(NUMBERS));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "string" -> text(type);
            default -> throw new AssertionError("no generator for " + type.getType());
        };
    }

    private JsonNode object(JSONSchemaProps type) {
        var object = JSON.objectNode();
        var required = type.getRequired();
        type.getProperties().forEach((name, property) -> {
            if (required.contains(name) || random.nextInt(3) > 0) {
                object.set(name, value(property));
            }
        });
        return object;
    }

    private JsonNode array(JSONSchemaProps type) {
        var array = JSON.arrayNode();
        for (var left = random.nextInt(3); left > 0; left--) {
            array.add(value(type.getItems().getSchema()));
        }
        return array;
    }

    /** Often one that the schema admits: an object with one rejected field is rejected as a whole. */
    private JsonNode text(JSONSchemaProps type) {
        if (!type.getEnum().isEmpty()) {
            return anyOf(type.getEnum());
        }
        if ("date-time".equals(type.getFormat())) {
            return JSON.textNode(random.nextInt(8) > 0 ? TIMES.getFirst() : anyOf(TIMES));
        }
        var text = anyOf(TEXTS);
        for (var tries = 0; tries < 30 && !isAdmitted(type, text); tries++) {
            text = anyOf(TEXTS);
        }
        return JSON.textNode(text);
    }

    private static boolean isAdmitted(JSONSchemaProps type, String text) {
        return (type.getPattern() == null || text.matches(type.getPattern()))
                && (type.getMaxLength() == null || text.codePointCount(0, text.length()) <= type.getMaxLength())
                && (type.getMinLength() == null || text.length() >= type.getMinLength());
    }

    private <T> T anyOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
