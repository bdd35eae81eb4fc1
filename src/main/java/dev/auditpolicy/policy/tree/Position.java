package dev.auditpolicy.policy.tree;

/** A place in a text, counted from 1; zeros where the text is not known. */
public record Position(int line, int column) {

    /** The place of something that did not come from a text. */
    public static final Position UNKNOWN = new Position(0, 0);
}
