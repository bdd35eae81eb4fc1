package dev.auditpolicy.policy.evaluate;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import java.util.Collections;
import java.util.List;

/** Matches one rule: every non-empty field must match, and one of its values is enough. */
record RuleMatcher(PolicyRule rule) {

    boolean matches(RequestAttributes request) {
        if (!rule.users().isEmpty() && (request.user() == null || !rule.users().contains(request.user()))) {
            return false;
        }
        if (!rule.userGroups().isEmpty()
                && (request.user() == null || Collections.disjoint(request.groups(), rule.userGroups()))) {
            return false;
        }
        if (!rule.verbs().isEmpty() && !rule.verbs().contains(request.verb())) {
            return false;
        }
        if (!rule.namespaces().isEmpty() || !rule.resources().isEmpty()) {
            return request.isResourceRequest() && matchesResource(request);
        }
        return rule.nonResourceURLs().isEmpty() || (!request.isResourceRequest() && matchesPath(request.path()));
    }

    private boolean matchesPath(String path) {
        for (String url : rule.nonResourceURLs()) {
            if (new PathPattern(url).matches(path)) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesResource(RequestAttributes request) {
        if (!rule.namespaces().isEmpty() && !rule.namespaces().contains(request.namespace())) {
            return false;
        }
        return rule.resources().isEmpty()
                || rule.resources().stream().anyMatch(resources -> matches(resources, request));
    }

    private static boolean matches(GroupResources resources, RequestAttributes request) {
        String group = resources.group() == null ? "" : resources.group();
        if (!group.equals(request.apiGroup()) && !group.equals("*")) {
            return false;
        }
        if (resources.resources().isEmpty()) {
            return true;
        }
        List<String> names = resources.resourceNames();
        return (names.isEmpty() || names.contains(request.name()))
                && resources.resources().stream().anyMatch(resource -> matches(resource, request));
    }

    /** As upstream, {@code pods/*} also matches pods itself, and <code>*&#47;*</code> matches nothing. */
    private static boolean matches(String resource, RequestAttributes request) {
        boolean onSubresource = !request.subresource().isEmpty();
        String combined = onSubresource ? request.resource() + "/" + request.subresource() : request.resource();
        return resource.equals("*")
                || resource.equals(combined)
                || (onSubresource
                        && resource.startsWith("*/")
                        && resource.substring(2).equals(request.subresource()))
                || (resource.endsWith("/*")
                        && resource.substring(0, resource.length() - 2).equals(request.resource()));
    }
}
