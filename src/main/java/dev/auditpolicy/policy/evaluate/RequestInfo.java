package dev.auditpolicy.policy.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Derives request attributes, without the user, from method and URL like upstream's {@code pkg/endpoints/request}.
 */
public final class RequestInfo {

    private static final List<String> NAMESPACE_SUBRESOURCES = List.of("status", "finalize");

    private RequestInfo() {}

    /**
     * The attributes of a request whose user is unknown (null).
     *
     * @param method such as {@code GET}, in upper case
     * @param url path and query, such as {@code /api/v1/pods?watch=true}; scheme and host are ignored
     * @throws IllegalArgumentException if the path is not validly percent-encoded
     */
    public static RequestAttributes of(String method, String url) {
        RequestUrl parsed = RequestUrl.parse(url);
        List<String> parts = split(parsed.path());
        boolean core = !parts.isEmpty() && parts.getFirst().equals("api");
        boolean grouped = !parts.isEmpty() && parts.getFirst().equals("apis");
        if (core && parts.size() >= 3) {
            return resource(method, parsed, "", parts.get(1), parts.subList(2, parts.size()));
        }
        if (grouped && parts.size() >= 4) {
            return resource(method, parsed, parts.get(1), parts.get(2), parts.subList(3, parts.size()));
        }
        return new RequestAttributes(
                null, List.of(), method.toLowerCase(Locale.ROOT), "", "", "", "", "", "", parsed.path(), false);
    }

    private static RequestAttributes resource(
            String method, RequestUrl url, String group, String version, List<String> parts) {
        String verb = verb(method);
        List<String> rest = parts;
        if (rest.getFirst().equals("watch") || rest.getFirst().equals("proxy")) {
            if (rest.size() < 2) {
                // Upstream responds with 500 before it audits the request, with these attributes.
                return new RequestAttributes(
                        null,
                        List.of(),
                        method.toLowerCase(Locale.ROOT),
                        "",
                        group,
                        version,
                        "",
                        "",
                        "",
                        url.path(),
                        true);
            }
            verb = rest.getFirst();
            rest = rest.subList(1, rest.size());
        }
        String namespace = "";
        if (rest.getFirst().equals("namespaces") && rest.size() > 1) {
            namespace = rest.get(1);
            if (rest.size() > 2 && !NAMESPACE_SUBRESOURCES.contains(rest.get(2))) {
                rest = rest.subList(2, rest.size());
            }
        }
        String name = rest.size() > 1 ? rest.get(1) : "";
        String subresource = rest.size() > 2 && !verb.equals("proxy") ? rest.get(2) : "";
        if (name.isEmpty() && verb.equals("get")) {
            Optional<ListParameters> parameters = ListParameters.decode(url);
            verb = url.isSet("watch") ? "watch" : "list";
            name = parameters.flatMap(ListParameters::name).orElse("");
        }
        if (name.isEmpty() && verb.equals("delete")) {
            verb = "deletecollection";
        }
        return new RequestAttributes(
                null, List.of(), verb, namespace, group, version, rest.getFirst(), subresource, name, url.path(), true);
    }

    private static String verb(String method) {
        return switch (method) {
            case "POST" -> "create";
            case "GET", "HEAD" -> "get";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> "";
        };
    }

    private static List<String> split(String path) {
        int from = 0;
        int to = path.length();
        while (from < to && path.charAt(from) == '/') {
            from++;
        }
        while (to > from && path.charAt(to - 1) == '/') {
            to--;
        }
        return from == to ? List.of() : Arrays.asList(path.substring(from, to).split("/", -1));
    }
}
