/**
 * Everything that can take an API server down: {@link dev.auditpolicy.agent.turn.TurnRunner} applies a change, restarts
 * kube-apiserver, verifies it, and rolls back.
 */
@NullMarked
package dev.auditpolicy.agent.turn;

import org.jspecify.annotations.NullMarked;
