/** AuditPolicies to start with, one for each norm. */
@NullMarked
package dev.auditpolicy.cli.preset;

import org.jspecify.annotations.NullMarked;
