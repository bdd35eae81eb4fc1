package dev.auditpolicy.policy.lint.example;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.value.RuleValueChecks;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a request that a client can send, in a set of requests whose attributes are independent of each other. In reality they
 * are not: a create has no name, a Namespace is in itself, a node is in no namespace, and some names match nothing.
 */
public final class PossibleRequests {

    private static final LintContext CONTEXT = LintContext.of(KubernetesVersion.NEWEST_KNOWN);
    private static final List<String> METHODS =
            List.of("get", "post", "put", "delete", "patch", "head", "options", "connect", "trace");

    private PossibleRequests() {}

    /** One of the requests, a usual one if there is one; empty if none of them is possible. */
    public static Optional<RequestAttributes> in(Requests requests) {
        return PossibleCaller.in(requests)
                .flatMap(caller -> Stream.concat(PossibleObjects.in(requests), path(requests).stream())
                        .findFirst()
                        .map(request -> request.by(caller.user(), caller.groups())));
    }

    private static Optional<RequestAttributes> path(Requests requests) {
        if (!requests.values(Attribute.KIND).contains(Requests.PATH)) {
            return Optional.empty();
        }
        return METHODS.stream()
                .filter(requests.values(Attribute.VERB)::contains)
                .findFirst()
                .flatMap(verb -> requests.paths(Attribute.URL_PATH)
                        .examples()
                        .filter(path -> path.startsWith("/"))
                        .filter(path -> exists(rule(List.of(), List.of(), List.of(), List.of(), List.of(path))))
                        .findFirst()
                        .map(path ->
                                new RequestAttributes(null, List.of(), verb, "", "", "", "", "", "", path, false)));
    }

    /** Whether a user can have this name. */
    static boolean isUser(String name) {
        return exists(rule(List.of(name), List.of(), List.of(), List.of(), List.of()));
    }

    /** Whether a resource request can have this verb, resource and namespace. */
    static boolean isObject(String verb, String group, String resource, String namespace) {
        return exists(rule(
                List.of(),
                List.of(verb),
                List.of(new GroupResources(group, List.of(resource), List.of())),
                List.of(namespace),
                List.of()));
    }

    private static boolean exists(PolicyRule rule) {
        return new RuleValueChecks(rule, CONTEXT).effective().isPresent();
    }

    private static PolicyRule rule(
            List<String> users,
            List<String> verbs,
            List<GroupResources> resources,
            List<String> namespaces,
            List<String> urls) {
        return new PolicyRule(Level.METADATA, users, List.of(), verbs, resources, namespaces, urls, List.of(), null);
    }
}
