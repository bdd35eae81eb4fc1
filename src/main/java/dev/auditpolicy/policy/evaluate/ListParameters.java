package dev.auditpolicy.policy.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of ListOptions that determines a request's attributes. It does not parse the label selector, although upstream
 * ignores the field selector if the label selector is malformed.
 */
record ListParameters(Optional<String> name) {

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");

    private record Term(String field, String operator, String value) {}

    /** Decodes the query; empty if upstream fails to decode it. */
    static Optional<ListParameters> decode(RequestUrl url) {
        if (isBadInteger(url.first("limit")) || isBadInteger(url.first("timeoutSeconds"))) {
            return Optional.empty();
        }
        return terms(url.first("fieldSelector").orElse(""))
                .map(terms -> new ListParameters(terms.stream()
                        .filter(term -> term.field().equals("metadata.name")
                                && !term.operator().equals("!="))
                        .map(Term::value)
                        .findFirst()
                        .filter(ListParameters::isPathSegment)));
    }

    private static boolean isBadInteger(Optional<String> value) {
        return value.isPresent() && !INTEGER.matcher(value.get()).matches();
    }

    /** The terms of a field selector such as {@code metadata.name=a,spec.nodeName!=b}; empty if it is malformed. */
    private static Optional<List<Term>> terms(String selector) {
        var terms = new ArrayList<Term>();
        for (String text : splitUnescaped(selector)) {
            if (text.isEmpty()) {
                continue;
            }
            Optional<Term> term = term(text);
            if (term.isEmpty()) {
                return Optional.empty();
            }
            terms.add(term.get());
        }
        return Optional.of(terms);
    }

    private static List<String> splitUnescaped(String selector) {
        var texts = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i < selector.length(); i++) {
            if (selector.charAt(i) == '\\') {
                i++;
            } else if (selector.charAt(i) == ',') {
                texts.add(selector.substring(start, i));
                start = i + 1;
            }
        }
        texts.add(selector.substring(start));
        return texts;
    }

    private static Optional<Term> term(String text) {
        for (int i = 0; i < text.length(); i++) {
            for (String operator : List.of("!=", "==", "=")) {
                if (text.startsWith(operator, i)) {
                    String field = text.substring(0, i);
                    return unescape(text.substring(i + operator.length()))
                            .map(value -> new Term(field, operator, value));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> unescape(String value) {
        var plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character == '\\') {
                i++;
                if (i == value.length() || "\\,=".indexOf(value.charAt(i)) < 0) {
                    return Optional.empty();
                }
                plain.append(value.charAt(i));
            } else if (character == '=') {
                return Optional.empty();
            } else {
                plain.append(character);
            }
        }
        return Optional.of(plain.toString());
    }

    private static boolean isPathSegment(String name) {
        return !name.equals(".") && !name.equals("..") && !name.contains("/") && !name.contains("%");
    }
}
