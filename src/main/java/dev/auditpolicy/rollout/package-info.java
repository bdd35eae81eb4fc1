/** Pure: from the state of all control-plane nodes, whose turn it is to restart its kube-apiserver, or why nobody's. */
package dev.auditpolicy.rollout;
