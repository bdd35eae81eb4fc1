/** Finds and reads the audit logs that a command is given, and has the options that such commands share. */
@NullMarked
package dev.auditpolicy.cli.logs;

import org.jspecify.annotations.NullMarked;
