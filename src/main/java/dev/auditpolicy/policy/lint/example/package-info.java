/** Finds requests that a client can send, in sets that also contain impossible combinations of attributes. */
@NullMarked
package dev.auditpolicy.policy.lint.example;

import org.jspecify.annotations.NullMarked;
