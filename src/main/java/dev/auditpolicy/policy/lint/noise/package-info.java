/** Checks for events that fill the log and say little. */
package dev.auditpolicy.policy.lint.noise;
