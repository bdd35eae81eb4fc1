package dev.auditpolicy.cli;

import dev.auditpolicy.policy.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Checks the verb of a resource request and the HTTP method of another one. */
final class RequestVerb {

    private static final List<String> VERBS =
            List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "proxy");

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE");

    private static final Map<String, String> OF_METHODS = Map.of("post", "create", "put", "update", "head", "get");

    private static final List<String> SUBRESOURCES = List.of("exec", "attach", "portforward", "log", "proxy", "scale");

    private RequestVerb() {}

    /** Why no resource request has this verb; empty if one can. */
    static Optional<String> refusal(String verb) {
        String lower = verb.toLowerCase(Locale.ROOT);
        if (VERBS.contains(verb)) {
            return Optional.empty();
        }
        if (VERBS.contains(lower)) {
            return Optional.of("verbs are in lower case; use " + lower);
        }
        if (OF_METHODS.containsKey(lower)) {
            return Optional.of("this is an HTTP method; use " + OF_METHODS.get(lower));
        }
        if (SUBRESOURCES.contains(lower)) {
            return Optional.of("this is a subresource; use it in --resource, such as pods/" + lower
                    + ", with a verb such as get or create");
        }
        return Optional.of("no request has this verb; "
                + Nearest.bySpelling(lower, VERBS)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElseGet(() -> "use one of " + String.join(", ", VERBS.subList(0, VERBS.size() - 1))));
    }

    /** Why no request has this HTTP method; empty if one can. */
    static Optional<String> methodRefusal(String method) {
        String upper = method.toUpperCase(Locale.ROOT);
        if (METHODS.contains(method)) {
            return Optional.empty();
        }
        return Optional.of(
                METHODS.contains(upper)
                        ? "HTTP methods are in upper case; use " + upper
                        : "not an HTTP method; use one of " + String.join(", ", METHODS));
    }
}
