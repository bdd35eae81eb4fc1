package dev.auditpolicy.policy.lint.requests;

/** What rules compare of a request, in the order that keeps the parts few when one set is taken from another. */
public enum Attribute {
    /** {@link Requests#RESOURCE} or {@link Requests#PATH}; decides which of the others count. */
    KIND,
    /** Empty for the core group. */
    API_GROUP,
    /** Plural. */
    RESOURCE,
    /** Empty without one. */
    SUBRESOURCE,
    /** Empty without one. */
    NAME,
    /** Empty for a request that is not about one namespace. */
    NAMESPACE,
    /** Of a request that is not for a resource. */
    URL_PATH,
    /** A Kubernetes verb or an HTTP method in lower case. */
    VERB,
    /** {@link Requests#NOBODY} if authentication failed. */
    USER,
    /** The groups of the user. */
    USER_GROUPS;

    Extent all() {
        return switch (this) {
            case KIND -> Values.of(Requests.RESOURCE, Requests.PATH);
            case URL_PATH -> Paths.ANY;
            case USER_GROUPS -> Memberships.ANY;
            case API_GROUP, RESOURCE, SUBRESOURCE, NAME, NAMESPACE, VERB, USER -> Values.ANY;
        };
    }
}
