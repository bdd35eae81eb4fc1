/** The audit log on disk, and the file system below it. */
package dev.auditpolicy.host.log;
