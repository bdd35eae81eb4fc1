/** Measurements and verification of the audit log: growth, space, retention and the canary. */
@NullMarked
package dev.auditpolicy.agent.log;

import org.jspecify.annotations.NullMarked;
