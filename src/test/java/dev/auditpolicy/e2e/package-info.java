/**
 * End-to-end tests: the shipped image, manifests and RBAC on a real control plane, driven with kubectl. Each test runs alone
 * and in any order: it prepares what it needs, and finds the cluster in whatever state an earlier test left it.
 */
package dev.auditpolicy.e2e;
