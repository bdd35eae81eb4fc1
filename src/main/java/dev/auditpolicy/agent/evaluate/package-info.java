/** Compares a node with its desired state: plans its files, runs the pre-flight checks and verifies its audit log. */
@NullMarked
package dev.auditpolicy.agent.evaluate;

import org.jspecify.annotations.NullMarked;
