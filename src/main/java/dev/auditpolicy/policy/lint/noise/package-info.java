/** Checks for events that fill the log and say little. */
@NullMarked
package dev.auditpolicy.policy.lint.noise;

import org.jspecify.annotations.NullMarked;
