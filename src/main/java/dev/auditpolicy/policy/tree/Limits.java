package dev.auditpolicy.policy.tree;

/**
 * Limits that bound the memory for one text. Real policies are far smaller; kube-apiserver has no such limits.
 */
public final class Limits {

    /** Well above the largest object that the API server stores. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    /** A policy nests 6 levels deep; the metadata of an exported object nests deeper. */
    public static final int MAX_DEPTH = 200;

    private Limits() {}
}
