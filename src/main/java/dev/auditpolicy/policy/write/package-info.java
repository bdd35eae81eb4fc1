/** A policy as canonical text, and its revision. */
package dev.auditpolicy.policy.write;
