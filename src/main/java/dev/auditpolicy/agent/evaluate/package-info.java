/** Compares a node with what it is to run: plans its files, runs the pre-flight checks and verifies its audit log. */
@NullMarked
package dev.auditpolicy.agent.evaluate;

import org.jspecify.annotations.NullMarked;
