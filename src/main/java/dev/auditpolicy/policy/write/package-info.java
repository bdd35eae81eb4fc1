/** Writes a policy as canonical text and computes its revision. */
@NullMarked
package dev.auditpolicy.policy.write;

import org.jspecify.annotations.NullMarked;
