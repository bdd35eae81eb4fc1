/** Requests to the node's own kube-apiserver: readiness, version and canaries. */
package dev.auditpolicy.host.http;
