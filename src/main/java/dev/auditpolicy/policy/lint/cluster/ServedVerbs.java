package dev.auditpolicy.policy.lint.cluster;

import java.util.List;

/** The verbs that kube-apiserver serves for its resources, as in discovery; a custom resource has all of them. */
public final class ServedVerbs {

    private static final List<String> ALL =
            List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");

    private ServedVerbs() {}

    /** Those of a resource, or of a subresource if that is not empty. */
    public static List<String> of(String group, String resource, String subresource) {
        return subresource.isEmpty() ? ofResource(group, resource) : ofSubresource(subresource);
    }

    private static List<String> ofResource(String group, String resource) {
        boolean review = group.equals("authentication.k8s.io") || group.equals("authorization.k8s.io");
        if (review || (group.isEmpty() && resource.equals("bindings"))) {
            return List.of("create");
        }
        boolean readOnly = group.equals("metrics.k8s.io") || resource.equals("componentstatuses");
        return readOnly ? List.of("get", "list") : ALL;
    }

    private static List<String> ofSubresource(String subresource) {
        return switch (subresource) {
            case "exec", "attach", "portforward" -> List.of("get", "create");
            case "proxy" -> List.of("get", "create", "update", "patch", "delete");
            case "log" -> List.of("get");
            case "token", "eviction", "binding" -> List.of("create");
            case "finalize" -> List.of("update");
            default -> List.of("get", "update", "patch");
        };
    }
}
