/** Findings: what they are about, how much they matter, and where in a policy they are. */
@NullMarked
package dev.auditpolicy.policy.lint.finding;

import org.jspecify.annotations.NullMarked;
