package dev.auditpolicy.journal;

/**
 * Identifies a start of the kube-apiserver container without a clock.
 *
 * @param podUID UID of the static pod
 * @param restarts number of previous starts of the container in that pod
 */
public record StartID(String podUID, int restarts) {}
