package dev.auditpolicy.policy.tree;

import dev.auditpolicy.policy.FieldPath;

/**
 * A field that an object has more than once.
 *
 * @param key where it stands the second time
 * @param value where its value stands then, which is the line that go-yaml names
 */
public record DuplicateKey(FieldPath path, String name, Position key, Position value) {}
