/** Checks of rules and their values: those that no request reaches, and those that match nothing. */
@NullMarked
package dev.auditpolicy.policy.lint.rule;

import org.jspecify.annotations.NullMarked;
