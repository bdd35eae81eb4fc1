package dev.auditpolicy.policy.explain;

/**
 * A rule that does not match a request.
 *
 * @param rule the index of the rule
 * @param mismatch its first field that does not match
 */
public record SkippedRule(int rule, Mismatch mismatch) {}
