/** Requests to the kube-apiserver of the node: readiness, version and canaries. */
@NullMarked
package dev.auditpolicy.host.http;

import org.jspecify.annotations.NullMarked;
