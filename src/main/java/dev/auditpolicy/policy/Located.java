package dev.auditpolicy.policy;

/** A problem and where it stands in the text. */
public record Located(Position position, Problem problem) {}
