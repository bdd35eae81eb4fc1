package dev.auditpolicy.policy.evaluate;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The path and query of a URL, decoded like Go's {@code net/url}. */
record RequestUrl(String path, List<Parameter> parameters) {

    private static final Pattern ORIGIN = Pattern.compile("^https?://[^/?#]*");

    record Parameter(String name, String value) {}

    static RequestUrl parse(String url) {
        String pathAndRest = ORIGIN.matcher(url).replaceFirst("");
        int fragment = pathAndRest.indexOf('#');
        String pathAndQuery = fragment < 0 ? pathAndRest : pathAndRest.substring(0, fragment);
        int question = pathAndQuery.indexOf('?');
        String path = question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
        String query = question < 0 ? "" : pathAndQuery.substring(question + 1);
        return new RequestUrl(decodePath(path), parameters(query));
    }

    /** The first value of a parameter. */
    Optional<String> first(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    /** Whether a boolean parameter is present and not false: {@code ?watch} and {@code ?watch=banana} are true. */
    boolean isSet(String name) {
        return first(name)
                .filter(value -> !value.equals("0") && !value.equalsIgnoreCase("false"))
                .isPresent();
    }

    private static String decodePath(String path) {
        try {
            // In a path, unlike in a query, a plus sign is literal.
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "not a URL path: \"" + path + "\"; a '%' must be followed by two hexadecimal digits", e);
        }
    }

    private static List<Parameter> parameters(String query) {
        var parameters = new ArrayList<Parameter>();
        for (String pair : query.split("&", -1)) {
            // Go ignores a pair with a semicolon or an invalid percent-encoding, and keeps the others.
            if (!pair.isEmpty() && !pair.contains(";")) {
                decode(pair).ifPresent(parameters::add);
            }
        }
        return parameters;
    }

    private static Optional<Parameter> decode(String pair) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        try {
            return Optional.of(new Parameter(
                    URLDecoder.decode(name, StandardCharsets.UTF_8), URLDecoder.decode(value, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
