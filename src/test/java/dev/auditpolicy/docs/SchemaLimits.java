package dev.auditpolicy.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The limits of a field in words. */
final class SchemaLimits {

    private SchemaLimits() {}

    static String of(JsonNode schema) {
        var limits = new ArrayList<String>();
        if (schema.has("enum")) {
            limits.add(StreamSupport.stream(schema.path("enum").spliterator(), false)
                    .map(value -> "`" + value.asText() + "`")
                    .reduce((a, b) -> a + ", " + b)
                    .orElseThrow());
        }
        range(schema, "minimum", "maximum", "").ifPresent(limits::add);
        range(schema, "minLength", "maxLength", " characters").ifPresent(limits::add);
        range(schema, "minItems", "maxItems", " items").ifPresent(limits::add);
        range(schema, "minProperties", "maxProperties", " entries").ifPresent(limits::add);
        if (schema.has("pattern")) {
            limits.add("`" + schema.path("pattern").asText().replace("|", "\\|") + "`");
        }
        if (schema.has("items")) {
            Optional.of(of(schema.path("items")))
                    .filter(items -> !items.isEmpty())
                    .ifPresent(items -> limits.add("each: " + items));
        }
        return String.join("; ", limits);
    }

    private static Optional<String> range(JsonNode schema, String least, String most, String unit) {
        var from = number(schema.path(least));
        var to = number(schema.path(most));
        if (from.isPresent() && to.isPresent()) {
            return Optional.of(from.get() + " to " + to.get() + unit);
        }
        return from.map(number -> "at least " + number + unit).or(() -> to.map(number -> "at most " + number + unit));
    }

    private static Optional<String> number(JsonNode value) {
        return value.isNumber()
                ? Optional.of(
                        new BigDecimal(value.asText()).stripTrailingZeros().toPlainString())
                : Optional.empty();
    }
}
