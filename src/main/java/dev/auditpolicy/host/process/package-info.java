/** Processes of a node, container starts, and pre-flight checks with the kube-apiserver binary. */
@NullMarked
package dev.auditpolicy.host.process;

import org.jspecify.annotations.NullMarked;
