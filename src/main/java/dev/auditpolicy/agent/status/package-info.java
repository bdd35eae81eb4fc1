/** All communication with the API server: the AuditNode and its status, acquiring the turn, and Events. */
@NullMarked
package dev.auditpolicy.agent.status;

import org.jspecify.annotations.NullMarked;
