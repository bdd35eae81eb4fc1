/** The audit log on disk, and its file system. */
@NullMarked
package dev.auditpolicy.host.log;

import org.jspecify.annotations.NullMarked;
