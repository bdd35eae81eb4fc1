/** Checks of what a policy records: sensitive data in the log, and requests that leave no event. */
package dev.auditpolicy.policy.lint.coverage;
