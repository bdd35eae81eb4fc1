/** Applying a change, restarting kube-apiserver and rolling back: all that can take an API server down. */
package dev.auditpolicy.agent.turn;
