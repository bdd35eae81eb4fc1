package dev.auditpolicy.policy.tree;

import dev.auditpolicy.policy.FieldPath;

/**
 * A field that occurs more than once in an object.
 *
 * @param key the position of the repeated key
 * @param value the position of its value, whose line go-yaml reports
 */
public record DuplicateKey(FieldPath path, String name, Position key, Position value) {}
