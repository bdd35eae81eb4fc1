/** The guard: a static pod that finishes or rolls back a turn if no agent runs. */
@NullMarked
package dev.auditpolicy.agent.guard;

import org.jspecify.annotations.NullMarked;
