package dev.auditpolicy.policy.explain;

/**
 * A field of a rule that keeps the rule from matching.
 *
 * @param field its path inside the rule, such as {@code verbs} or {@code resources}
 * @param reason a sentence about the rule, without subject and full stop: {@code is only for verb "get", and the verb is
 *     "list"}
 */
public record Mismatch(String field, String reason) {}
