package dev.auditpolicy.policy.explain;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.List;
import java.util.stream.Collectors;

/** Phrases that explain why a rule does not match. */
final class MismatchPhrases {

    /** A sentence lists at most this many values. */
    private static final int MAX_LISTED = 4;

    private MismatchPhrases() {}

    /** Such as {@code matches only verbs "get" and "list"}. */
    static String matchesOnly(String noun, List<String> values) {
        return "matches only " + counted(noun, values);
    }

    /** Such as {@code verb "get"} or {@code verbs "get" and "list"}. */
    static String counted(String noun, List<String> values) {
        return (values.size() == 1 ? noun : noun + "s") + " "
                + listed(values.stream().map(MismatchPhrases::quoted).toList());
    }

    static String listed(List<String> words) {
        if (words.size() > MAX_LISTED) {
            return words.stream().limit(MAX_LISTED).collect(Collectors.joining(", ")) + " and "
                    + (words.size() - MAX_LISTED) + " more";
        }
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }

    static String quoted(String value) {
        return '"' + value + '"';
    }

    static String apiGroup(String group) {
        return switch (group) {
            case "" -> "the core API group";
            case "*" -> "every API group";
            default -> "API group " + quoted(group);
        };
    }

    /** Such as {@code pods/log}. */
    static String resource(RequestAttributes request) {
        return request.subresource().isEmpty() ? request.resource() : request.resource() + "/" + request.subresource();
    }
}
