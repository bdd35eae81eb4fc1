/** Writes what the command tune proposes. */
@NullMarked
package dev.auditpolicy.cli.tune;

import org.jspecify.annotations.NullMarked;
