/** Exact sets of requests: what a rule matches, what remains of it after earlier rules, and an example request. */
@NullMarked
package dev.auditpolicy.policy.lint.requests;

import org.jspecify.annotations.NullMarked;
