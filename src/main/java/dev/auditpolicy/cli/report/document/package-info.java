/** A document of sections, as plain text and as HTML. */
@NullMarked
package dev.auditpolicy.cli.report.document;

import org.jspecify.annotations.NullMarked;
