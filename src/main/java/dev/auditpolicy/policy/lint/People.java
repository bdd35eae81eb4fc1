package dev.auditpolicy.policy.lint;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Memberships;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is not a component of Kubernetes: users, and workloads outside of kube-system. Policies are free to leave out
 * components, which make most of the requests.
 */
final class People {

    private static final Set<String> COMPONENT_GROUPS =
            Set.of("system:nodes", "system:serviceaccounts:kube-system", "system:bootstrappers");

    private static final Set<String> NOT_COMPONENTS = Set.of("system:admin", "system:anonymous");

    private People() {}

    /** Their requests, as far as the policy tells users apart. */
    static Requests in(Policy policy) {
        Set<String> components = policy.rules().stream()
                .flatMap(rule -> rule.users().stream())
                .filter(People::isComponent)
                .collect(Collectors.toSet());
        return Requests.ALL
                .where(Attribute.USER, Values.allBut(Stream.concat(components.stream(), Stream.of(Requests.NOBODY))
                        .toList()))
                .where(Attribute.USER_GROUPS, Memberships.outside(COMPONENT_GROUPS));
    }

    private static boolean isComponent(String user) {
        return user.startsWith("system:")
                && !NOT_COMPONENTS.contains(user)
                && (!user.startsWith("system:serviceaccount:")
                        || user.startsWith("system:serviceaccount:kube-system:"));
    }
}
