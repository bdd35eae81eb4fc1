/** Rules of an AuditPolicy that end at a time. Pure. */
@NullMarked
package dev.auditpolicy.policy.temporary;

import org.jspecify.annotations.NullMarked;
