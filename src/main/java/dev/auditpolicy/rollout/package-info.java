/** Pure: from the state of all control-plane nodes, whose turn it is to restart its kube-apiserver, or why nobody's. */
@NullMarked
package dev.auditpolicy.rollout;

import org.jspecify.annotations.NullMarked;
