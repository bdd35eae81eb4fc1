/** The contract of a check, and the policy that it checks. */
package dev.auditpolicy.policy.lint.check;
