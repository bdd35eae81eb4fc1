/** The metrics of the agent. */
@NullMarked
package dev.auditpolicy.agent.metrics;

import org.jspecify.annotations.NullMarked;
