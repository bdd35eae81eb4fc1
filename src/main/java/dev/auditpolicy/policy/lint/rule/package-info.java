/** Checks of rules and of the values in them: what no request reaches, and what matches nothing. */
@NullMarked
package dev.auditpolicy.policy.lint.rule;

import org.jspecify.annotations.NullMarked;
