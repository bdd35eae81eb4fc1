/** The node through its ports: what is there, and whether the live kube-apiserver is as wanted. */
package dev.auditpolicy.agent.node;
