/** Exact sets of requests: what a rule matches, what is left of it after the rules before it, and an example of that. */
@NullMarked
package dev.auditpolicy.policy.lint.requests;

import org.jspecify.annotations.NullMarked;
