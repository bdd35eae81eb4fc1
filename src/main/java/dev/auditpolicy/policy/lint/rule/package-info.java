/** Checks of rules and of the values in them: what no request reaches, and what matches nothing. */
package dev.auditpolicy.policy.lint.rule;
