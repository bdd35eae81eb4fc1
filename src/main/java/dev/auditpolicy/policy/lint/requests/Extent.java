package dev.auditpolicy.policy.lint.requests;

/**
 * The values that one attribute has in a set of requests. Extents of the same attribute have the same type, and only those
 * are combined.
 */
public sealed interface Extent permits Values, Memberships, Paths {

    /** Whether the two have no value in common. */
    boolean isDisjointFrom(Extent other);

    /** The values of both. */
    Extent and(Extent other);

    /** The values of this extent that are not in the other, which is the extent of a rule. */
    Extent without(Extent other);

    /** Whether it has no value. */
    boolean isEmpty();
}
