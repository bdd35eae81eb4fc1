/** Versions, names, field paths and problems that all audit policy packages share. Pure: no I/O. */
@NullMarked
package dev.auditpolicy.policy;

import org.jspecify.annotations.NullMarked;
