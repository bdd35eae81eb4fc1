package dev.auditpolicy.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The validation rules of a schema in words. */
final class SchemaRules {

    private SchemaRules() {}

    /** @param field the name of the field that they belong to; empty for those of the object */
    static Stream<String> of(String field, JsonNode schema) {
        return StreamSupport.stream(schema.path("x-kubernetes-validations").spliterator(), false)
                .map(rule -> subject(field, rule) + words(rule));
    }

    private static String subject(String field, JsonNode rule) {
        var name = (field + rule.path("fieldPath").asText()).replaceFirst("^\\.", "");
        return name.isEmpty() ? "" : "`" + name + "`: ";
    }

    /** A message that is computed can be understood only from its rule. */
    private static String words(JsonNode rule) {
        return rule.has("message")
                ? SchemaField.text(rule.path("message").asText())
                : "`" + rule.path("rule").asText() + "`";
    }
}
