/** What {@code crds/} and {@code deploy/} promise, asked of a real kube-apiserver. */
package dev.auditpolicy.deploy;
