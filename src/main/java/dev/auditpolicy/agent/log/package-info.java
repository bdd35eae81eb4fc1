/** The audit log as evidence: growth, space, retention and the canary. */
package dev.auditpolicy.agent.log;
