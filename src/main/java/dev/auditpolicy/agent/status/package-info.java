/** All that speaks with the API: AuditNode, acquiring the turn, status and Events. */
package dev.auditpolicy.agent.status;
