/** Checks for events that fill the log but contain little information. */
@NullMarked
package dev.auditpolicy.policy.lint.noise;

import org.jspecify.annotations.NullMarked;
