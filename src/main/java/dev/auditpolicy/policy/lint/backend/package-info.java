/** Checks of the settings of the log and of the webhook. */
@NullMarked
package dev.auditpolicy.policy.lint.backend;

import org.jspecify.annotations.NullMarked;
