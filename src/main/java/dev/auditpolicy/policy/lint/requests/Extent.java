package dev.auditpolicy.policy.lint.requests;

/**
 * What a set of requests allows one attribute to be. Extents of the same attribute are of the same type, and only those
 * are combined.
 */
public sealed interface Extent permits Values, Memberships, Paths {

    /** Whether nothing is allowed by both. */
    boolean isDisjointFrom(Extent other);

    /** What both allow. */
    Extent and(Extent other);

    /** What this allows and the other, which is that of a rule, does not. */
    Extent without(Extent other);

    /** Whether it allows nothing. */
    boolean isEmpty();
}
