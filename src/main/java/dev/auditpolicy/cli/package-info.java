/** The {@code auditpolicy} command: validates, lints, explains, compares and converts audit policies without a cluster. */
@NullMarked
package dev.auditpolicy.cli;

import org.jspecify.annotations.NullMarked;
