/** What is known of the cluster that a policy is for: its versions, resources and namespaces. */
@NullMarked
package dev.auditpolicy.policy.lint.cluster;

import org.jspecify.annotations.NullMarked;
