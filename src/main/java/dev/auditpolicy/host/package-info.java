/** The only package that touches a node: durable files, the journal, the lock, processes and probes. */
package dev.auditpolicy.host;
