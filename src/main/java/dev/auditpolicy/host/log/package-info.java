/** The audit log on disk. */
@NullMarked
package dev.auditpolicy.host.log;

import org.jspecify.annotations.NullMarked;
