package dev.auditpolicy.cli.apiserver;

import dev.auditpolicy.policy.tree.Position;

/** An argument of a program, and where the manifest has it. */
public record Argument(String text, Position position) {}
