package dev.auditpolicy.policy.explain;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.List;
import java.util.stream.Collectors;

/** Parts of sentences. */
final class MismatchPhrases {

    /** More values than that are not heard out. */
    private static final int MOST = 4;

    private MismatchPhrases() {}

    /** Such as {@code is only for verbs "get" and "list"}. */
    static String onlyFor(String noun, List<String> values) {
        return "is only for " + counted(noun, values);
    }

    /** Such as {@code verb "get"} or {@code verbs "get" and "list"}. */
    static String counted(String noun, List<String> values) {
        return (values.size() == 1 ? noun : noun + "s") + " "
                + listed(values.stream().map(MismatchPhrases::quoted).toList());
    }

    static String listed(List<String> words) {
        if (words.size() > MOST) {
            return words.stream().limit(MOST).collect(Collectors.joining(", ")) + " and " + (words.size() - MOST)
                    + " more";
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
