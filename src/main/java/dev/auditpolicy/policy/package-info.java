/**
 * Audit policies of {@code audit.k8s.io/v1} as kube-apiserver knows them: read, validate for a Kubernetes version,
 * evaluate, write. Pure: no files, no cluster.
 */
package dev.auditpolicy.policy;
