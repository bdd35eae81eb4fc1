package dev.auditpolicy.policy.compiled;

/**
 * A rule, or that part of it where each attribute of a request can be judged apart from the others: the row matches if
 * every attribute is accepted. A rule matches if one of its rows does.
 *
 * @param rule the index of the rule
 * @param apiGroups nothing, if the row is about non-resource URLs only
 * @param names of objects
 * @param paths as {@code nonResourceURLs} writes them; nothing, if the row is about resources only
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
