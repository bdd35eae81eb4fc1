package dev.auditpolicy.policy.schema;

import dev.auditpolicy.policy.FieldPath;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds where a field belongs that stands in the wrong place. */
final class FieldSearch {

    private FieldSearch() {}

    /** The object that has such a field, the outermost first; elements of lists are not searched. */
    static Optional<FieldPath> of(@Nullable Schema schema, FieldPath path, String name) {
        if (schema == null || schema.properties().containsKey(name)) {
            return Optional.ofNullable(schema).map(_ -> path);
        }
        Map<String, Schema> sorted = new TreeMap<>(schema.properties());
        return sorted.entrySet().stream()
                .flatMap(property -> of(property.getValue(), path.field(property.getKey()), name).stream())
                .findFirst();
    }
}
