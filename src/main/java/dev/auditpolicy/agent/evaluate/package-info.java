/** Compares a node with its desired state: runs the pre-flight checks, and verifies what kube-apiserver runs and records. */
@NullMarked
package dev.auditpolicy.agent.evaluate;

import org.jspecify.annotations.NullMarked;
