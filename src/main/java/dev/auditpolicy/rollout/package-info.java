/** Pure: decides from the state of all control-plane nodes which one restarts its kube-apiserver next, or why none does. */
@NullMarked
package dev.auditpolicy.rollout;

import org.jspecify.annotations.NullMarked;
