package dev.auditpolicy.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A field of an object in a schema.
 *
 * @param parent the path of the object
 */
record SchemaField(String parent, String name, JsonNode schema, boolean isRequired) {

    static List<SchemaField> of(String parent, JsonNode object) {
        var required = StreamSupport.stream(object.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return object.path("properties").properties().stream()
                .map(property -> new SchemaField(
                        parent, property.getKey(), property.getValue(), required.contains(property.getKey())))
                .toList();
    }

    /** Text for a cell of a table. */
    static String text(String plain) {
        return plain.replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("*", "\\*")
                .replaceAll("\\s+", " ");
    }

    String path() {
        return parent + "." + name;
    }

    /** What a list, or else the field, consists of. */
    JsonNode element() {
        return isList() ? schema.path("items") : schema;
    }

    boolean isObject() {
        return element().has("properties");
    }

    /** The rules of the value. Those of an object are in its own section. */
    Stream<String> rules() {
        var ofValue = isObject() && !isList() ? Stream.<String>empty() : SchemaRules.of(name, schema);
        return isList() && !isObject() ? Stream.concat(ofValue, SchemaRules.of(name + "[]", element())) : ofValue;
    }

    private boolean isList() {
        return schema.path("type").asText().equals("array");
    }

    String row() {
        var field = "`" + name + "`";
        return "| %s | %s | %s | %s | %s |"
                .formatted(
                        isRequired ? "**" + field + "**" : field,
                        type(),
                        schema.has("default") ? "`" + schema.path("default") + "`" : "",
                        SchemaLimits.of(schema),
                        text(schema.path("description").asText()));
    }

    private String type() {
        var element = element();
        var scalar = element.has("format")
                ? element.path("format").asText()
                : element.path("type").asText("any");
        var type = isObject() ? "[object](#" + Page.anchor(path()) + ")" : scalar;
        if (element.has("additionalProperties")) {
            return "map of " + element.at("/additionalProperties/type").asText("any");
        }
        return isList() ? "list of " + type : type;
    }
}
