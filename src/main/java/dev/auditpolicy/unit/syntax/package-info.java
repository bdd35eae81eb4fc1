/** The syntax of systemd's unit files, as far as a command line needs it: assignments, words, quoting. */
@NullMarked
package dev.auditpolicy.unit.syntax;

import org.jspecify.annotations.NullMarked;
