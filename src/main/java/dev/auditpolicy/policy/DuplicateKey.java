package dev.auditpolicy.policy;

/**
 * A field that an object has more than once.
 *
 * @param key where it stands the second time
 * @param value where its value stands then, which is the line that go-yaml names
 */
record DuplicateKey(FieldPath path, String name, Position key, Position value) {}
