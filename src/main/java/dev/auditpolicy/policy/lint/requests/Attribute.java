package dev.auditpolicy.policy.lint.requests;

/** The attributes of a request that rules compare, in the order that yields the fewest parts when sets are subtracted. */
public enum Attribute {
    /** {@link Requests#RESOURCE} or {@link Requests#PATH}; determines which other attributes apply. */
    KIND,
    /** Empty for the core group. */
    API_GROUP,
    /** The plural name. */
    RESOURCE,
    /** Empty if the request has none. */
    SUBRESOURCE,
    /** Empty if the request has none. */
    NAME,
    /** Empty for a request that is not about one namespace. */
    NAMESPACE,
    /** The path of a non-resource request. */
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
