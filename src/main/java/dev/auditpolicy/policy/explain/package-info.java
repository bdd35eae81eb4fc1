/** Explains in sentences how a policy decides about a request. Pure. */
@NullMarked
package dev.auditpolicy.policy.explain;

import org.jspecify.annotations.NullMarked;
