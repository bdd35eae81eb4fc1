/** Checks of the names of users and groups that Kubernetes itself assigns. */
@NullMarked
package dev.auditpolicy.policy.lint.identity;

import org.jspecify.annotations.NullMarked;
