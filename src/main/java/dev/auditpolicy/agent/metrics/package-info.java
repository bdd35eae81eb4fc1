/** The agent's meters, and the downtime of its kube-apiserver. */
package dev.auditpolicy.agent.metrics;
