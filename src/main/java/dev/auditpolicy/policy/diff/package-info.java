/** Compares two policies by meaning: finds requests that they record differently. Pure. */
@NullMarked
package dev.auditpolicy.policy.diff;

import org.jspecify.annotations.NullMarked;
