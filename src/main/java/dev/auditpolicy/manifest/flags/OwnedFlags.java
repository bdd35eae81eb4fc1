package dev.auditpolicy.manifest.flags;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The flags that the operator is known to have written, with each value. A flag with such a value is the operator's, even if a
 * tool has removed the annotation that lists it.
 *
 * @param values by the flag's name without leading dashes
 */
public record OwnedFlags(Map<String, Set<String>> values) {

    /** Nothing is known but what the manifest's own annotation states. */
    public static final OwnedFlags NONE = new OwnedFlags(Map.of());

    public OwnedFlags {
        values = values.entrySet().stream()
                .collect(toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    /** The flags of all of these configurations. */
    public static OwnedFlags of(List<AuditNodeSpec> written) {
        var values = new HashMap<String, Set<String>>();
        written.forEach(
                spec -> AuditFlags.of(spec).forEach((name, value) -> values.computeIfAbsent(name, _ -> new HashSet<>())
                        .add(value)));
        return new OwnedFlags(values);
    }

    /** Whether the operator has written this flag. */
    public boolean contains(String name, String value) {
        return values.getOrDefault(name, Set.of()).contains(value);
    }
}
