/** Users' stories on real control planes: the shipped image, manifests and RBAC, driven with kubectl. */
package dev.auditpolicy.e2e;
