/** Findings: their kind, severity and position in a policy. */
@NullMarked
package dev.auditpolicy.policy.lint.finding;

import org.jspecify.annotations.NullMarked;
