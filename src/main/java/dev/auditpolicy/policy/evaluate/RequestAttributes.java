package dev.auditpolicy.policy.evaluate;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What kube-apiserver knows of a request when it chooses the audit rule. Absent strings are empty, except the user.
 *
 * @param user the authenticated user, before impersonation; null if authentication failed
 * @param groups the user's groups; empty if authentication failed
 * @param verb of a resource request a Kubernetes verb such as {@code list}, else the HTTP method in lower case
 * @param namespace empty for a cluster-wide request
 * @param apiGroup empty for the core group
 * @param apiVersion never compared with a rule
 * @param resource plural, such as {@code pods}
 * @param name empty if the URL has none: a create has no name yet
 * @param path the URL path, decoded, without the query
 * @param isResourceRequest whether the URL is below {@code /api/VERSION} or {@code /apis/GROUP/VERSION}
 */
public record RequestAttributes(
        String user,
        List<String> groups,
        String verb,
        String namespace,
        String apiGroup,
        String apiVersion,
        String resource,
        String subresource,
        String name,
        String path,
        boolean isResourceRequest) {

    public RequestAttributes {
        groups = List.copyOf(groups);
        requireNonNull(verb, "verb is null");
        requireNonNull(namespace, "namespace is null");
        requireNonNull(apiGroup, "apiGroup is null");
        requireNonNull(apiVersion, "apiVersion is null");
        requireNonNull(resource, "resource is null");
        requireNonNull(subresource, "subresource is null");
        requireNonNull(name, "name is null");
        requireNonNull(path, "path is null");
    }

    /** The same request by somebody. */
    public RequestAttributes by(String newUser, List<String> newGroups) {
        return new RequestAttributes(
                newUser,
                newGroups,
                verb,
                namespace,
                apiGroup,
                apiVersion,
                resource,
                subresource,
                name,
                path,
                isResourceRequest);
    }
}
