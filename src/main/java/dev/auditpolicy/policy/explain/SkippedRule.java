package dev.auditpolicy.policy.explain;

/**
 * A rule that does not match a request.
 *
 * @param rule its index
 * @param mismatch the first of its fields that does not match
 */
public record SkippedRule(int rule, Mismatch mismatch) {}
