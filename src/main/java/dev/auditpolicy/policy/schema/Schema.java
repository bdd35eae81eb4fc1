package dev.auditpolicy.policy.schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A structural schema of a CustomResourceDefinition, with the keywords that ours use.
 *
 * @param properties the fields of an object, by name
 * @param items the schema of each element of a list
 * @param choices the values of an enum; empty if any value is valid
 * @param limits of the value, its length or its number of elements
 * @param rules the CEL rules
 */
record Schema(
        Type type,
        String description,
        Map<String, Schema> properties,
        List<String> required,
        Optional<Schema> items,
        List<String> choices,
        Limits limits,
        List<SchemaRule> rules) {

    Schema {
        properties = Map.copyOf(properties);
        required = List.copyOf(required);
        choices = List.copyOf(choices);
        rules = List.copyOf(rules);
    }

    /** The types that a schema can require. */
    enum Type {
        OBJECT("an object"),
        ARRAY("a list"),
        STRING("a string"),
        INTEGER("a whole number"),
        NUMBER("a number"),
        BOOLEAN("true or false");

        private final String description;

        Type(String description) {
            this.description = description;
        }

        String description() {
            return description;
        }
    }

    /**
     * Limits, each empty if there is none.
     *
     * @param minimum of a number
     * @param maximum of a number
     * @param minSize of a string in characters, or of a list in elements
     * @param maxSize of a string in characters, or of a list in elements
     * @param pattern a regular expression that a string must contain a match of
     */
    record Limits(
            Optional<BigDecimal> minimum,
            Optional<BigDecimal> maximum,
            Optional<Integer> minSize,
            Optional<Integer> maxSize,
            Optional<String> pattern) {}
}
