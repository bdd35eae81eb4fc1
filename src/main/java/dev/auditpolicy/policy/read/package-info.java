/** Reads policies from texts and objects, and reports problems by field, value and remedy. */
@NullMarked
package dev.auditpolicy.policy.read;

import org.jspecify.annotations.NullMarked;
