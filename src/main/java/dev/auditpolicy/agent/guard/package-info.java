/** The guard: a static pod that finishes or rolls back a turn when no agent can. */
package dev.auditpolicy.agent.guard;
