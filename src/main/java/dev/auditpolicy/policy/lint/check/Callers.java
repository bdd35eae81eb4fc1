package dev.auditpolicy.policy.lint.check;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Memberships;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Sets of requests by caller. */
public final class Callers {

    /** kube-apiserver puts every user into one of these. */
    private static final List<String> ALL_USERS = List.of("system:authenticated", "system:unauthenticated");

    /** Requests with a user, including system:anonymous. */
    public static final Requests AUTHENTICATED = Requests.ALL
            .where(Attribute.USER, Values.allBut(List.of(Requests.NOBODY)))
            .where(Attribute.USER_GROUPS, Memberships.inOneOf(ALL_USERS));

    /** Requests whose authentication failed. */
    public static final Requests UNAUTHENTICATED = Requests.ALL.where(Attribute.USER, Values.of(Requests.NOBODY));

    private static final Set<String> COMPONENT_GROUPS =
            Set.of("system:nodes", "system:serviceaccounts:kube-system", "system:bootstrappers");

    private static final Set<String> NOT_COMPONENTS = Set.of("system:admin", "system:anonymous");

    private Callers() {}

    /**
     * Requests that do not come from Kubernetes components, as far as the policy distinguishes users. A policy may
     * exclude components, which send most of the requests.
     */
    static Requests nonComponentRequests(Policy policy) {
        Stream<String> components =
                policy.rules().stream().flatMap(rule -> rule.users().stream()).filter(Callers::isComponent);
        return AUTHENTICATED
                .where(Attribute.USER, Values.allBut(components.toList()))
                .where(Attribute.USER_GROUPS, Memberships.outside(COMPONENT_GROUPS));
    }

    private static boolean isComponent(String user) {
        return user.startsWith("system:")
                && !NOT_COMPONENTS.contains(user)
                && (!user.startsWith("system:serviceaccount:")
                        || user.startsWith("system:serviceaccount:kube-system:"));
    }
}
