/** Checks of what a policy records: sensitive data in the log, and requests that leave no event. */
@NullMarked
package dev.auditpolicy.policy.lint.coverage;

import org.jspecify.annotations.NullMarked;
