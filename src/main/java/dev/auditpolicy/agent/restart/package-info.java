/** How a kube-apiserver is restarted within a turn, and what shows that it does not start. */
@NullMarked
package dev.auditpolicy.agent.restart;

import org.jspecify.annotations.NullMarked;
