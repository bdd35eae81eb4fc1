package dev.auditpolicy.policy.read;

import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.tree.Position;

/** A problem and its position in the text. */
public record LocatedProblem(Position position, PolicyProblem problem) {}
