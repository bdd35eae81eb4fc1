/** The audit flags of a kube-apiserver as the fields of an AuditPolicy. */
@NullMarked
package dev.auditpolicy.cli.flags;

import org.jspecify.annotations.NullMarked;
