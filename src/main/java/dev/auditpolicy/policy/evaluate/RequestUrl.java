package dev.auditpolicy.policy.evaluate;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Path and query of a URL, decoded as Go's {@code net/url} does. */
record RequestUrl(String path, List<Parameter> parameters) {

    private static final Pattern ORIGIN = Pattern.compile("^https?://[^/?#]*");

    record Parameter(String name, String value) {}

    static RequestUrl parse(String url) {
        String local = ORIGIN.matcher(url).replaceFirst("");
        int fragment = local.indexOf('#');
        String whole = fragment < 0 ? local : local.substring(0, fragment);
        int question = whole.indexOf('?');
        String path = question < 0 ? whole : whole.substring(0, question);
        String query = question < 0 ? "" : whole.substring(question + 1);
        return new RequestUrl(decodePath(path), parameters(query));
    }

    /** The first value of a parameter. */
    Optional<String> first(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    /** Whether a boolean parameter is there and not false: {@code ?watch} and {@code ?watch=banana} are true. */
    boolean isSet(String name) {
        return first(name)
                .filter(value -> !value.equals("0") && !value.equalsIgnoreCase("false"))
                .isPresent();
    }

    private static String decodePath(String path) {
        try {
            // In a path, unlike in a query, a plus sign is itself.
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "not a URL path: \"" + path + "\"; a '%' must be followed by two hexadecimal digits", e);
        }
    }

    private static List<Parameter> parameters(String query) {
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            // Go drops a pair with a semicolon or a bad percent sign, and keeps the others.
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
