package dev.auditpolicy.policy.read;

import dev.auditpolicy.policy.Problem;
import dev.auditpolicy.policy.tree.Position;

/** A problem and where it stands in the text. */
public record Located(Position position, Problem problem) {}
