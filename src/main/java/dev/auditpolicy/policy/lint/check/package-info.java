/** The contract of a check, and the policy that it checks. */
@NullMarked
package dev.auditpolicy.policy.lint.check;

import org.jspecify.annotations.NullMarked;
