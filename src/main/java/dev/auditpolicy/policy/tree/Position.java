package dev.auditpolicy.policy.tree;

/** A position in a text, counted from 1; zeros if unknown. */
public record Position(int line, int column) {

    /** The position of a value that was not parsed from a text. */
    public static final Position UNKNOWN = new Position(0, 0);
}
