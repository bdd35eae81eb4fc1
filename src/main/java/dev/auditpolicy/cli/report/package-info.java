/** Reads what kubectl prints, and writes a report of evidence as text, JSON or HTML. */
@NullMarked
package dev.auditpolicy.cli.report;

import org.jspecify.annotations.NullMarked;
