/** The {@code auditpolicy} command: policies read, judged and converted offline, with no cluster. */
package dev.auditpolicy.cli;
