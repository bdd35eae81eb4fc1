/** The known contents of the cluster that a policy is for: versions, resources and namespaces. */
@NullMarked
package dev.auditpolicy.policy.lint.cluster;

import org.jspecify.annotations.NullMarked;
