package dev.auditpolicy.policy.tree;

/**
 * How much of a text is read: a policy of any use is far below, and memory stays bounded. kube-apiserver has no such
 * limits.
 */
public final class Limits {

    /** An AuditPolicy of this size would be refused by the API server many times over. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    /** A policy has 6 levels; the metadata of an exported object has more. */
    public static final int MAX_DEPTH = 200;

    private Limits() {}
}
