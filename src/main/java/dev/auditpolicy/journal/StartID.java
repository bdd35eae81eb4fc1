package dev.auditpolicy.journal;

/**
 * Identifies a start of kube-apiserver without a clock.
 *
 * @param podUID UID of the static pod, or the InvocationID of the unit
 * @param restarts number of previous starts of the container in that pod; 0 for a unit
 */
public record StartID(String podUID, int restarts) {}
