package dev.auditpolicy.replay.estimate;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Requests that kube-apiserver counted together in {@code apiserver_request_total}.
 *
 * @param verbs the verbs that they can have in an audit event
 * @param resource empty for a path
 * @param scope {@code cluster}, {@code namespace} or {@code resource}, that is, one object; empty for a path
 * @param path empty for a resource; others may begin with it
 */
public record CountedRequests(
        List<String> verbs, String group, String resource, String subresource, String scope, String path, long count) {

    public CountedRequests {
        verbs = List.copyOf(verbs);
    }

    static CountedRequests of(Map<String, String> labels, long count) {
        String verb = labels.getOrDefault("verb", "");
        String resource = labels.getOrDefault("resource", "");
        String subresource = labels.getOrDefault("subresource", "");
        return new CountedRequests(
                resource.isEmpty() ? List.of(verb.toLowerCase(Locale.ROOT)) : verbs(verb, subresource),
                labels.getOrDefault("group", ""),
                resource,
                resource.isEmpty() ? "" : subresource,
                labels.getOrDefault("scope", ""),
                resource.isEmpty() ? path(subresource) : "",
                count);
    }

    private static String path(String subresource) {
        return subresource.startsWith("/") ? subresource : "/" + subresource;
    }

    private static List<String> verbs(String verb, String subresource) {
        return switch (verb) {
            case "POST" -> List.of("create");
            case "PUT" -> List.of("update");
            case "PATCH", "APPLY" -> List.of("patch");
            case "CONNECT" ->
                subresource.equals("log")
                        ? List.of("get")
                        : subresource.equals("proxy")
                                ? List.of("get", "create", "update", "patch", "delete")
                                : List.of("get", "create");
            default -> List.of(verb.toLowerCase(Locale.ROOT));
        };
    }

    boolean isResourceRequest() {
        return !resource.isEmpty();
    }

    /** As in statistics of a log. */
    String label() {
        if (!isResourceRequest()) {
            int end = path.indexOf('/', 1);
            return end < 0 ? path : path.substring(0, end);
        }
        return resource + (group.isEmpty() ? "" : "." + group) + (subresource.isEmpty() ? "" : "/" + subresource);
    }
}
