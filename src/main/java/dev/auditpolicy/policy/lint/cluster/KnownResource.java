package dev.auditpolicy.policy.lint.cluster;

import java.util.Set;

/**
 * A resource that a cluster serves, in any version.
 *
 * @param group empty for the core group
 * @param name plural, such as {@code pods}, or with the subresource, such as {@code pods/log}
 * @param verbs the RBAC verbs that it supports; empty if not known
 */
public record KnownResource(String group, String name, boolean namespaced, Set<String> verbs) {

    public KnownResource {
        verbs = Set.copyOf(verbs);
    }
}
