package dev.auditpolicy.policy.schema;

/**
 * A CEL rule of a schema.
 *
 * @param expression true for a valid value
 * @param message empty if the message is computed by a {@code messageExpression}
 * @param fieldPath the field to report, relative to the value, such as {@code .batch}; empty for the value itself
 */
record SchemaRule(String expression, String message, String fieldPath) {}
