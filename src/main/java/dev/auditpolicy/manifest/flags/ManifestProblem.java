package dev.auditpolicy.manifest.flags;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

/**
 * Why something cannot be done.
 *
 * @param field what is wrong: a path such as {@code spec.volumes[2].name}, or a flag such as {@code --audit-log-path}
 * @param value the value found there, empty if there is none
 * @param wayOut what is wrong with it and what to do about it
 */
public record ManifestProblem(String field, String value, String wayOut) {

    public ManifestProblem {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(wayOut, "wayOut");
    }

    /** One line for humans. */
    public String describe() {
        return subject() + ": " + wayOut;
    }

    /** One line for several problems; those with the same way out share it. */
    public static String summary(List<ManifestProblem> problems) {
        return problems.stream()
                .collect(groupingBy(
                        ManifestProblem::wayOut, LinkedHashMap::new, mapping(ManifestProblem::subject, joining(", "))))
                .entrySet()
                .stream()
                .map(group -> group.getValue() + ": " + group.getKey())
                .collect(joining("; "));
    }

    private String subject() {
        return value.isEmpty() ? field : field + "=" + value;
    }
}
