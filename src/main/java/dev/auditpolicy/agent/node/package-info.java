/** The node through its ports: its observed state, and verification of the live kube-apiserver. */
@NullMarked
package dev.auditpolicy.agent.node;

import org.jspecify.annotations.NullMarked;
