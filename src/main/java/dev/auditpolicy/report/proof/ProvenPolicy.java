package dev.auditpolicy.report.proof;

import dev.auditpolicy.api.v1alpha1.Policy;

/**
 * The policy that a kube-apiserver is proven to run.
 *
 * @param sha256 of the text, and of the file that the process has mounted
 */
public record ProvenPolicy(String sha256, String text, Policy policy) {}
