package dev.auditpolicy.policy.decode;

/**
 * The type that a field must have.
 *
 * @param description for people, such as "a list of strings"
 * @param goField the Go struct and the path of JSON names, as {@code encoding/json} puts them in its message
 * @param goType the Go type in the same message
 */
public record ExpectedType(String description, String goField, String goType) {}
