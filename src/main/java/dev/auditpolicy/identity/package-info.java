/** Who the agent of a host without a Node is: its client certificate and its kubeconfig. */
@NullMarked
package dev.auditpolicy.identity;

import org.jspecify.annotations.NullMarked;
