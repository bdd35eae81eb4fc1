/** What is known of the cluster that a policy is for: its versions, resources and namespaces. */
package dev.auditpolicy.policy.lint.cluster;
