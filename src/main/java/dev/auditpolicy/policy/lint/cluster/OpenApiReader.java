package dev.auditpolicy.policy.lint.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the paths of kube-apiserver's OpenAPI v2 document token by token: the document can have tens of megabytes, and
 * the paths are a small part of it.
 */
final class OpenApiReader {

    /** Excludes the deprecated paths that begin with {@code watch/}: their parameters are in other places. */
    private static final Pattern PATH = Pattern.compile(
            "/(?:api/[^/]+|apis/(?<group>[^/]+)/[^/]+)/(?!watch/)"
                    + "(?<namespaced>namespaces/\\{namespace}/)?(?<resource>[^/{]+)(?:/\\{name}(?:/(?<subresource>[^/{]+).*)?)?");

    private final Map<Name, Served> served = new LinkedHashMap<>();

    private record Name(String group, String resource) {}

    private record Served(boolean namespaced, Set<String> verbs) {}

    private OpenApiReader() {}

    /**
     * Reads a document.
     *
     * @throws IOException if it is not JSON
     */
    static List<KnownResource> read(JsonParser json) throws IOException {
        var reader = new OpenApiReader();
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean paths = json.currentName().equals("paths");
            if (json.nextToken() == JsonToken.START_OBJECT && paths) {
                reader.paths(json);
            } else {
                json.skipChildren();
            }
        }
        var resources = new ArrayList<KnownResource>();
        reader.served.forEach((name, found) ->
                resources.add(new KnownResource(name.group(), name.resource(), found.namespaced(), found.verbs())));
        return resources;
    }

    private void paths(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            Matcher path = PATH.matcher(json.currentName());
            if (json.nextToken() == JsonToken.START_OBJECT && path.matches()) {
                operations(path, json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void operations(Matcher path, JsonParser json) throws IOException {
        String group = path.group("group") == null ? "" : path.group("group");
        String subresource = path.group("subresource");
        var name = new Name(group, path.group("resource") + (subresource == null ? "" : "/" + subresource));
        boolean namespaced = path.group("namespaced") != null;
        Served found = served.merge(
                name,
                new Served(namespaced, new HashSet<>()),
                (first, second) -> new Served(first.namespaced() || second.namespaced(), first.verbs()));
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String method = json.currentName();
            if (json.nextToken() == JsonToken.START_OBJECT) {
                found.verbs().addAll(verbs(method, action(json)));
            } else {
                json.skipChildren();
            }
        }
    }

    private static String action(JsonParser json) throws IOException {
        String action = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isAction = json.currentName().equals("x-kubernetes-action");
            if (json.nextToken() == JsonToken.VALUE_STRING && isAction) {
                action = json.getText();
            } else {
                json.skipChildren();
            }
        }
        return action;
    }

    /** What can be listed can be watched as well; connect requests have the verb of their method. */
    private static Set<String> verbs(String method, String action) {
        return switch (action) {
            case "list" -> Set.of("list", "watch");
            case "deletecollection" -> Set.of("deletecollection");
            case "" -> Set.of();
            default ->
                switch (method) {
                    case "get", "patch", "delete" -> Set.of(method);
                    case "post" -> Set.of("create");
                    case "put" -> Set.of("update");
                    default -> Set.of();
                };
        };
    }
}
