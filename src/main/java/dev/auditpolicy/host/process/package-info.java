/** Processes of a node, container starts, and kube-apiserver's own verdict before a change. */
package dev.auditpolicy.host.process;
