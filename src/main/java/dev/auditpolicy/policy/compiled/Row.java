package dev.auditpolicy.policy.compiled;

/**
 * A rule or a part of it in which the attributes of a request match independently: the row matches if it accepts every
 * attribute. A rule matches if one of its rows does.
 *
 * @param rule the index of the rule
 * @param apiGroups none, if the row matches only non-resource URLs
 * @param names object names
 * @param paths patterns as in {@code nonResourceURLs}; none, if the row matches only resources
 */
record Row(
        int rule,
        AcceptedValues users,
        AcceptedValues userGroups,
        AcceptedValues verbs,
        AcceptedValues namespaces,
        AcceptedValues apiGroups,
        ResourcePattern resources,
        AcceptedValues names,
        AcceptedValues paths) {}
