/** Reports of what is in audit logs, as text, JSON, CSV and SVG. */
@NullMarked
package dev.auditpolicy.cli.replay;

import org.jspecify.annotations.NullMarked;
