/** Durable files, the journal file, locks, the hold and file watches of a node. */
@NullMarked
package dev.auditpolicy.host.file;

import org.jspecify.annotations.NullMarked;
