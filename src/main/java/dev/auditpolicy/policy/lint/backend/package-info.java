/** Checks of the settings of the log and of the webhook. */
package dev.auditpolicy.policy.lint.backend;
