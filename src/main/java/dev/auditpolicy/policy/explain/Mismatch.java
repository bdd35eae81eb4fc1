package dev.auditpolicy.policy.explain;

/**
 * A field of a rule that does not match a request.
 *
 * @param field its path inside the rule, such as {@code verbs} or {@code resources}
 * @param reason a sentence about the rule, without subject and full stop: {@code matches only verb "get", but the verb is
 *     "list"}
 */
public record Mismatch(String field, String reason) {}
