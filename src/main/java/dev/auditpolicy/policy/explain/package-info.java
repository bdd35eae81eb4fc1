/** Explains the decision of a policy about a request in sentences. Pure. */
@NullMarked
package dev.auditpolicy.policy.explain;

import org.jspecify.annotations.NullMarked;
