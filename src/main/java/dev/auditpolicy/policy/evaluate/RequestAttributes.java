package dev.auditpolicy.policy.evaluate;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a request by which kube-apiserver selects the audit rule. Absent strings are empty, except the user.
 *
 * @param user the authenticated user before impersonation; null if authentication failed
 * @param groups the user's groups; empty if authentication failed
 * @param verb the Kubernetes verb of a resource request, such as {@code list}; otherwise the HTTP method in lower case
 * @param namespace empty for a cluster-scoped request
 * @param apiGroup empty for the core group
 * @param apiVersion rules do not match on it
 * @param resource the plural name, such as {@code pods}
 * @param name empty if the URL has none, as in a create
 * @param path the decoded URL path without the query
 * @param isResourceRequest whether the URL is below {@code /api/VERSION} or {@code /apis/GROUP/VERSION}
 */
public record RequestAttributes(
        @Nullable String user,
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
    }

    private static final Set<String> LONG_RUNNING = Set.of("attach", "exec", "proxy", "log", "portforward");

    /**
     * Whether kube-apiserver records the stage ResponseStarted of the request, when its headers are sent: upstream's
     * {@code BasicLongRunningRequestCheck} with the verbs and subresources of {@code pkg/controlplane/apiserver/config.go}.
     */
    public boolean isLongRunning() {
        return verb.equals("watch")
                || verb.equals("proxy")
                || (isResourceRequest ? LONG_RUNNING.contains(subresource) : path.startsWith("/debug/pprof/"));
    }

    /** The same request by another user. */
    public RequestAttributes by(@Nullable String newUser, List<String> newGroups) {
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
