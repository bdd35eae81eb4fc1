package dev.auditpolicy.manifest.flags;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import java.util.LinkedHashMap;
import java.util.List;

/**
 * A problem of a manifest or of the settings for it.
 *
 * @param field a path such as {@code spec.volumes[2].name}, or a flag such as {@code --audit-log-path}
 * @param value the invalid value; empty if there is none
 * @param message what is wrong and how to fix it
 */
public record ManifestProblem(String field, String value, String message) {

    /** One readable line. */
    public String describe() {
        return subject() + ": " + message;
    }

    /** One line for several problems, grouped by message. */
    public static String summary(List<ManifestProblem> problems) {
        return problems.stream()
                .collect(groupingBy(
                        ManifestProblem::message, LinkedHashMap::new, mapping(ManifestProblem::subject, joining(", "))))
                .entrySet()
                .stream()
                .map(group -> group.getValue() + ": " + group.getKey())
                .collect(joining("; "));
    }

    private String subject() {
        return value.isEmpty() ? field : field + "=" + value;
    }
}
