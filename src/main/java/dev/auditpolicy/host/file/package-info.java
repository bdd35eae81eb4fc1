/** Durable files, the journal's file, locks, the hold and file watches of a node. */
package dev.auditpolicy.host.file;
