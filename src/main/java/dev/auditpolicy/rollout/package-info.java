/** Pure: decides from the state of all control-plane nodes which of them restarts its kube-apiserver next, or why none. */
@NullMarked
package dev.auditpolicy.rollout;

import org.jspecify.annotations.NullMarked;
