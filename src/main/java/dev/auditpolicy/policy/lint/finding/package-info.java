/** Findings: what they are about, how much they matter, and where in a policy they are. */
package dev.auditpolicy.policy.lint.finding;
