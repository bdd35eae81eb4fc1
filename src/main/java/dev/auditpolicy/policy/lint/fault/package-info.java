/** Values that match nothing: why, and what to write instead. */
@NullMarked
package dev.auditpolicy.policy.lint.fault;

import org.jspecify.annotations.NullMarked;
